package cloud.wuye.device.metering.credit;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of writes of meters' credit. */
@Type("MeterPurchaseConnection")
@Description("A page of writes of meters' credit.")
public class MeterPurchaseConnection extends Connection<MeterPurchaseView, MeterPurchaseConnection.MeterPurchaseEdge> {
    MeterPurchaseConnection(Page<MeterPurchaseView> page) {
        super(page, MeterPurchaseEdge::new);
    }

    /** A write and its place in the list. */
    @Type("MeterPurchaseEdge")
    @Description("A write and its place in the list.")
    public static class MeterPurchaseEdge extends Edge<MeterPurchaseView> {
        MeterPurchaseEdge(String cursor, MeterPurchaseView node) {
            super(cursor, node);
        }
    }
}
