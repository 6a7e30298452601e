package cloud.wuye.payment.order;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of orders to pay. */
@Type("PaymentOrderConnection")
@Description("A page of orders to pay.")
public class PaymentOrderConnection extends Connection<PaymentOrderView, PaymentOrderConnection.PaymentOrderEdge> {
    PaymentOrderConnection(Page<PaymentOrderView> page) {
        super(page, PaymentOrderEdge::new);
    }

    /** An order to pay and its place in the list. */
    @Type("PaymentOrderEdge")
    @Description("An order to pay and its place in the list.")
    public static class PaymentOrderEdge extends Edge<PaymentOrderView> {
        PaymentOrderEdge(String cursor, PaymentOrderView node) {
            super(cursor, node);
        }
    }
}
