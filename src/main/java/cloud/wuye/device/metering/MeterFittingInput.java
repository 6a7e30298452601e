package cloud.wuye.device.metering;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** How a meter is put in. */
@Input("MeterFittingInput")
@Description("How a meter is put in.")
public record MeterFittingInput(
        @Description("When; at most 35 days ago. Absent: now.") Instant at,
        @NonNull
                @NotNull
                @PositiveOrZero
                @Digits(integer = 10, fraction = 4)
                @Description("What its counter shows: kWh or m³, before transformer ratio and multiplier.")
                BigDecimal register,
        @Positive
                @Digits(integer = 6, fraction = 4)
                @Description("What the current transformers divide by, such as 30 for 150/5 A. Absent: 1.")
                BigDecimal ctRatio,
        @Positive
                @Digits(integer = 6, fraction = 4)
                @Description("Any other factor between counter and quantity. Absent: 1.")
                BigDecimal multiplier,
        @Min(3) @Max(10) @Description("The counter's digits before the point. Absent: 6.") Integer registerDigits,
        @Positive
                @Digits(integer = 10, fraction = 4)
                @Description("The most the counter can move in an hour; more is held to be impossible. Absent: 100.")
                BigDecimal maxPerHour,
        @Size(max = 500) @Description("Why, for the audit log.") String reason) {
    /** The same at this instant. */
    MeterFittingInput at(Instant instant) {
        return new MeterFittingInput(instant, register, ctRatio, multiplier, registerDigits, maxPerHour, reason);
    }
}
