package cloud.wuye.device.metering.water;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** From when on a company suspects a leak. */
@Input("LeakPolicyInput")
@Description("From when on the company suspects a leak behind a water meter.")
public record LeakPolicyInput(
        @NonNull
                @NotNull
                @Positive
                @Digits(integer = 8, fraction = 4)
                @Description("The flow in m³ an hour: 0.005 is five litres.")
                BigDecimal threshold,
        @Min(1) @Max(14) @Description("For how many nights it flows so in every hour.") int nights,
        @Min(0) @Max(22) @Description("The hour at which a night begins, where the company is. Absent: 1.")
                Integer fromHour,
        @Min(1) @Max(23) @Description("The hour at which it ends. Absent: 5.") Integer toHour,
        @Description("false: nobody looks. Absent: true.") Boolean active) {
    private static final int USUAL_FROM = 1;
    private static final int USUAL_TO = 5;

    int from() {
        return fromHour == null ? USUAL_FROM : fromHour;
    }

    int to() {
        return toHour == null ? USUAL_TO : toHour;
    }

    boolean running() {
        return !Boolean.FALSE.equals(active);
    }
}
