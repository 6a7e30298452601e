package cloud.wuye.payment.order;

import org.eclipse.microprofile.graphql.Description;

/** Where an attempt to pay stands. */
@Description("Where an attempt to pay through one channel stands.")
public enum AttemptState {
    @Description("May still be paid.")
    OPEN,
    @Description("Closed at the channel: it cannot be paid any more, unless it was in that very moment.")
    CLOSED,
    @Description("Paid.")
    SUCCEEDED
}
