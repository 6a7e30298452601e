package cloud.wuye.payment.reconciliation;

import org.eclipse.microprofile.graphql.Description;

/** Where a difference stands. */
@Description("Where a difference stands.")
public enum DifferenceState {
    @Description("Waits for a person.")
    OPEN,
    @Description("Gone by itself: recorded meanwhile, or the channel published another bill.")
    GONE,
    @Description("A person has settled it. It opens again if its amounts change.")
    RESOLVED
}
