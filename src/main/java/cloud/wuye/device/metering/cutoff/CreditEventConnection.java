package cloud.wuye.device.metering.cutoff;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of credit events. */
@Type("CreditEventConnection")
@Description("A page of credit events.")
public class CreditEventConnection extends Connection<CreditEventView, CreditEventConnection.CreditEventEdge> {
    CreditEventConnection(Page<CreditEventView> page) {
        super(page, CreditEventEdge::new);
    }

    /** A credit event and its place in the list. */
    @Type("CreditEventEdge")
    @Description("A credit event and its place in the list.")
    public static class CreditEventEdge extends Edge<CreditEventView> {
        CreditEventEdge(String cursor, CreditEventView node) {
            super(cursor, node);
        }
    }
}
