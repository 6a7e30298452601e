package cloud.wuye.payment.reconciliation;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of differences. */
@Type("ReconciliationDifferenceConnection")
@Description("A page of differences.")
public class ReconciliationDifferenceConnection
        extends Connection<
                ReconciliationDifferenceView, ReconciliationDifferenceConnection.ReconciliationDifferenceEdge> {
    ReconciliationDifferenceConnection(Page<ReconciliationDifferenceView> page) {
        super(page, ReconciliationDifferenceEdge::new);
    }

    /** A difference and its place in the list. */
    @Type("ReconciliationDifferenceEdge")
    @Description("A difference and its place in the list.")
    public static class ReconciliationDifferenceEdge extends Edge<ReconciliationDifferenceView> {
        ReconciliationDifferenceEdge(String cursor, ReconciliationDifferenceView node) {
            super(cursor, node);
        }
    }
}
