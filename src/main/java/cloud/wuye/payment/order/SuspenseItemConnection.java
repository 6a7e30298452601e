package cloud.wuye.payment.order;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of payments in suspense. */
@Type("SuspenseItemConnection")
@Description("A page of payments in suspense.")
public class SuspenseItemConnection extends Connection<SuspenseItemView, SuspenseItemConnection.SuspenseItemEdge> {
    SuspenseItemConnection(Page<SuspenseItemView> page) {
        super(page, SuspenseItemEdge::new);
    }

    /** A payment in suspense and its place in the list. */
    @Type("SuspenseItemEdge")
    @Description("A payment in suspense and its place in the list.")
    public static class SuspenseItemEdge extends Edge<SuspenseItemView> {
        SuspenseItemEdge(String cursor, SuspenseItemView node) {
            super(cursor, node);
        }
    }
}
