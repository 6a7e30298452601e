package cloud.wuye.device.metering;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of readings. */
@Type("MeterReadingConnection")
@Description("A page of readings.")
public class MeterReadingConnection extends Connection<MeterReadingView, MeterReadingConnection.MeterReadingEdge> {
    MeterReadingConnection(Page<MeterReadingView> page) {
        super(page, MeterReadingEdge::new);
    }

    /** A reading and its place in the list. */
    @Type("MeterReadingEdge")
    @Description("A reading and its place in the list.")
    public static class MeterReadingEdge extends Edge<MeterReadingView> {
        MeterReadingEdge(String cursor, MeterReadingView node) {
            super(cursor, node);
        }
    }
}
