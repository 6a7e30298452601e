package cloud.wuye.payment.order;

import org.eclipse.microprofile.graphql.Description;

/** Where money stands that nobody can name, or that is not what was asked for. */
@Description("Where money stands that nobody can name, or that is not what was asked for.")
public enum SuspenseState {
    @Description("待处理: it stands in suspense and waits for a person.")
    OPEN,
    @Description("已认领: it has paid an order.")
    ASSIGNED,
    @Description("退款中: a second person has approved that it goes back.")
    REFUNDING,
    @Description("已退款: it has gone back.")
    REFUNDED,
    @Description("已处置: a person has settled it with the channel, or given it up; in another currency only.")
    SETTLED
}
