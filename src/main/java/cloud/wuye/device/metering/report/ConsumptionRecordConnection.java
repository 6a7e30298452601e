package cloud.wuye.device.metering.report;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of consumption records. */
@Type("ConsumptionRecordConnection")
@Description("A page of consumption records.")
public class ConsumptionRecordConnection
        extends Connection<ConsumptionRecordView, ConsumptionRecordConnection.ConsumptionRecordEdge> {
    ConsumptionRecordConnection(Page<ConsumptionRecordView> page) {
        super(page, ConsumptionRecordEdge::new);
    }

    /** A consumption record and its place in the list. */
    @Type("ConsumptionRecordEdge")
    @Description("A consumption record and its place in the list.")
    public static class ConsumptionRecordEdge extends Edge<ConsumptionRecordView> {
        ConsumptionRecordEdge(String cursor, ConsumptionRecordView node) {
            super(cursor, node);
        }
    }
}
