package cloud.wuye.device.metering.water;

import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** From when on a company suspects a leak, as clients see it. */
@Type("LeakPolicy")
@Description("From when on the company suspects a leak behind a water meter.")
public record LeakPolicyView(
        @NonNull @Description("The flow in m³ an hour.") BigDecimal threshold,
        @Description("For how many nights it flows so in every hour.") int nights,
        @Description("The hour at which a night begins, where the company is.") int fromHour,
        @Description("The hour at which it ends.") int toHour,
        @Description("Whether anybody looks.") boolean active,
        @Description("When the next night is looked at.") Instant nextLookAt,
        @Description("Counts changes.") int version) {
    static LeakPolicyView of(LeakPolicy policy) {
        return new LeakPolicyView(
                policy.threshold(),
                policy.nights(),
                policy.fromHour(),
                policy.toHour(),
                policy.active(),
                policy.nextLookAt(),
                policy.version());
    }
}
