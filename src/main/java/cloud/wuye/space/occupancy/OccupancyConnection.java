package cloud.wuye.space.occupancy;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of occupancies. */
@Type("OccupancyConnection")
@Description("A page of occupancies.")
public class OccupancyConnection extends Connection<OccupancyView, OccupancyConnection.OccupancyEdge> {
    OccupancyConnection(Page<OccupancyView> page) {
        super(page, OccupancyEdge::new);
    }

    /** An occupancy and its place in the list. */
    @Type("OccupancyEdge")
    @Description("An occupancy and its place in the list.")
    public static class OccupancyEdge extends Edge<OccupancyView> {
        OccupancyEdge(String cursor, OccupancyView node) {
            super(cursor, node);
        }
    }
}
