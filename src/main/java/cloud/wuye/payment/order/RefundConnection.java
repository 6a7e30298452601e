package cloud.wuye.payment.order;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of refunds. */
@Type("RefundConnection")
@Description("A page of refunds.")
public class RefundConnection extends Connection<RefundView, RefundConnection.RefundEdge> {
    RefundConnection(Page<RefundView> page) {
        super(page, RefundEdge::new);
    }

    /** A refund and its place in the list. */
    @Type("RefundEdge")
    @Description("A refund and its place in the list.")
    public static class RefundEdge extends Edge<RefundView> {
        RefundEdge(String cursor, RefundView node) {
            super(cursor, node);
        }
    }
}
