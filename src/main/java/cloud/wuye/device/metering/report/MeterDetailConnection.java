package cloud.wuye.device.metering.report;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of meters with their figures. */
@Type("MeterDetailConnection")
@Description("A page of meters with their figures.")
public class MeterDetailConnection extends Connection<MeterDetailView, MeterDetailConnection.MeterDetailEdge> {
    MeterDetailConnection(Page<MeterDetailView> page) {
        super(page, MeterDetailEdge::new);
    }

    /** A meter with its figures and its place in the list. */
    @Type("MeterDetailEdge")
    @Description("A meter with its figures and its place in the list.")
    public static class MeterDetailEdge extends Edge<MeterDetailView> {
        MeterDetailEdge(String cursor, MeterDetailView node) {
            super(cursor, node);
        }
    }
}
