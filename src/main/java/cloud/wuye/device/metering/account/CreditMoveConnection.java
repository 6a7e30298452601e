package cloud.wuye.device.metering.account;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of movements of credit. */
@Type("CreditMoveConnection")
@Description("A page of movements of credit.")
public class CreditMoveConnection extends Connection<CreditMoveView, CreditMoveConnection.CreditMoveEdge> {
    CreditMoveConnection(Page<CreditMoveView> page) {
        super(page, CreditMoveEdge::new);
    }

    /** A movement of credit and its place in the list. */
    @Type("CreditMoveEdge")
    @Description("A movement of credit and its place in the list.")
    public static class CreditMoveEdge extends Edge<CreditMoveView> {
        CreditMoveEdge(String cursor, CreditMoveView node) {
            super(cursor, node);
        }
    }
}
