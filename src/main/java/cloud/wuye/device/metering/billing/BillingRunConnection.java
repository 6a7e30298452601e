package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of billing runs. */
@Type("BillingRunConnection")
@Description("A page of billing runs.")
public class BillingRunConnection extends Connection<BillingRunView, BillingRunConnection.BillingRunEdge> {
    BillingRunConnection(Page<BillingRunView> page) {
        super(page, BillingRunEdge::new);
    }

    /** A billing run and its place in the list. */
    @Type("BillingRunEdge")
    @Description("A billing run and its place in the list.")
    public static class BillingRunEdge extends Edge<BillingRunView> {
        BillingRunEdge(String cursor, BillingRunView node) {
            super(cursor, node);
        }
    }
}
