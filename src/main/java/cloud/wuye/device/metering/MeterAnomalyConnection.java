package cloud.wuye.device.metering;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of anomalies. */
@Type("MeterAnomalyConnection")
@Description("A page of anomalies.")
public class MeterAnomalyConnection extends Connection<MeterAnomalyView, MeterAnomalyConnection.MeterAnomalyEdge> {
    MeterAnomalyConnection(Page<MeterAnomalyView> page) {
        super(page, MeterAnomalyEdge::new);
    }

    /** An anomaly and its place in the list. */
    @Type("MeterAnomalyEdge")
    @Description("An anomaly and its place in the list.")
    public static class MeterAnomalyEdge extends Edge<MeterAnomalyView> {
        MeterAnomalyEdge(String cursor, MeterAnomalyView node) {
            super(cursor, node);
        }
    }
}
