package cloud.wuye.ledger;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of an account's statement. */
@Type("LedgerLineConnection")
@Description("A page of an account's statement.")
public class LedgerLineConnection extends Connection<LedgerLineView, LedgerLineConnection.LedgerLineEdge> {
    LedgerLineConnection(Page<LedgerLineView> page) {
        super(page, LedgerLineEdge::new);
    }

    /** A line and its place in the statement. */
    @Type("LedgerLineEdge")
    @Description("A line and its place in the statement.")
    public static class LedgerLineEdge extends Edge<LedgerLineView> {
        LedgerLineEdge(String cursor, LedgerLineView node) {
            super(cursor, node);
        }
    }
}
