package cloud.wuye.device.metering;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** How a meter is taken out. */
@Input("MeterRemovalInput")
@Description("How a meter is taken out.")
public record MeterRemovalInput(
        @Description("When; at most 35 days ago. Absent: now.") Instant at,
        @NonNull
                @NotNull
                @PositiveOrZero
                @Digits(integer = 10, fraction = 4)
                @Description("What its counter shows: kWh or m³, before transformer ratio and multiplier.")
                BigDecimal register,
        @Description(
                        "true: take it out even if the last reading does not follow on from the ones before; what was used "
                                + "since the last good reading is then not counted.")
                Boolean acceptImplausible,
        @Size(max = 500) @Description("Why, for the audit log.") String reason) {}
