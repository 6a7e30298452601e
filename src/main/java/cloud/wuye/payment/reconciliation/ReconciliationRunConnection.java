package cloud.wuye.payment.reconciliation;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of reconciled days. */
@Type("ReconciliationRunConnection")
@Description("A page of reconciled days.")
public class ReconciliationRunConnection
        extends Connection<ReconciliationRunView, ReconciliationRunConnection.ReconciliationRunEdge> {
    ReconciliationRunConnection(Page<ReconciliationRunView> page) {
        super(page, ReconciliationRunEdge::new);
    }

    /** A reconciled day and its place in the list. */
    @Type("ReconciliationRunEdge")
    @Description("A reconciled day and its place in the list.")
    public static class ReconciliationRunEdge extends Edge<ReconciliationRunView> {
        ReconciliationRunEdge(String cursor, ReconciliationRunView node) {
            super(cursor, node);
        }
    }
}
