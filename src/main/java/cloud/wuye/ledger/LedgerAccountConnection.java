package cloud.wuye.ledger;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of accounts. */
@Type("LedgerAccountConnection")
@Description("A page of the ledger's accounts.")
public class LedgerAccountConnection extends Connection<LedgerAccountView, LedgerAccountConnection.LedgerAccountEdge> {
    LedgerAccountConnection(Page<LedgerAccountView> page) {
        super(page, LedgerAccountEdge::new);
    }

    /** An account and its place in the list. */
    @Type("LedgerAccountEdge")
    @Description("An account and its place in the list.")
    public static class LedgerAccountEdge extends Edge<LedgerAccountView> {
        LedgerAccountEdge(String cursor, LedgerAccountView node) {
            super(cursor, node);
        }
    }
}
