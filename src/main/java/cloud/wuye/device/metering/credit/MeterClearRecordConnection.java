package cloud.wuye.device.metering.credit;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of clearings of credit. */
@Type("MeterClearRecordConnection")
@Description("A page of clearings of credit.")
public class MeterClearRecordConnection
        extends Connection<MeterClearView, MeterClearRecordConnection.MeterClearRecordEdge> {
    MeterClearRecordConnection(Page<MeterClearView> page) {
        super(page, MeterClearRecordEdge::new);
    }

    /** A clearing and its place in the list. */
    @Type("MeterClearRecordEdge")
    @Description("A clearing and its place in the list.")
    public static class MeterClearRecordEdge extends Edge<MeterClearView> {
        MeterClearRecordEdge(String cursor, MeterClearView node) {
            super(cursor, node);
        }
    }
}
