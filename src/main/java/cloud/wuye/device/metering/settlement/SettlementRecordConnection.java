package cloud.wuye.device.metering.settlement;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of settlements. */
@Type("SettlementRecordConnection")
@Description("A page of settlements.")
public class SettlementRecordConnection
        extends Connection<SettlementRecordView, SettlementRecordConnection.SettlementRecordEdge> {
    SettlementRecordConnection(Page<SettlementRecordView> page) {
        super(page, SettlementRecordEdge::new);
    }

    /** A settlement and its place in the list. */
    @Type("SettlementRecordEdge")
    @Description("A settlement and its place in the list.")
    public static class SettlementRecordEdge extends Edge<SettlementRecordView> {
        SettlementRecordEdge(String cursor, SettlementRecordView node) {
            super(cursor, node);
        }
    }
}
