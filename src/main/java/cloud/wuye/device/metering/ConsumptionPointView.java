package cloud.wuye.device.metering;

import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** One stretch of a consumption series as clients see it. */
@Type("ConsumptionPoint")
@Description("What was used in one hour, day or month.")
public record ConsumptionPointView(
        @NonNull @Description("When it begins.") Instant start,
        @NonNull @Description("When it ends, which is when the next begins.") Instant end,
        @Description(
                        "kWh or m³ used, at most 4 decimals, after transformer ratio and multiplier. Absent where no two readings "
                                + "enclose any of it: unknown, not nothing.")
                BigDecimal quantity,
        @Description("Whether all of it lies between readings; the current hour, day and month are not complete.")
                boolean complete,
        @Description("Whether no reading lies in it, so that its share of a longer interval was reckoned by time.")
                boolean interpolated) {}
