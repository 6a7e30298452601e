package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of bills. */
@Type("MeterBillConnection")
@Description("A page of bills.")
public class MeterBillConnection extends Connection<MeterBillView, MeterBillConnection.MeterBillEdge> {
    MeterBillConnection(Page<MeterBillView> page) {
        super(page, MeterBillEdge::new);
    }

    /** A bill and its place in the list. */
    @Type("MeterBillEdge")
    @Description("A bill and its place in the list.")
    public static class MeterBillEdge extends Edge<MeterBillView> {
        MeterBillEdge(String cursor, MeterBillView node) {
            super(cursor, node);
        }
    }
}
