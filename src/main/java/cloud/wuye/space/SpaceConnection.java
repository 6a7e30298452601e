package cloud.wuye.space;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of spaces. */
@Type("SpaceConnection")
@Description("A page of spaces.")
public class SpaceConnection extends Connection<SpaceView, SpaceConnection.SpaceEdge> {
    SpaceConnection(Page<SpaceView> page) {
        super(page, SpaceEdge::new);
    }

    /** A space and its place in the list. */
    @Type("SpaceEdge")
    @Description("A space and its place in the list.")
    public static class SpaceEdge extends Edge<SpaceView> {
        SpaceEdge(String cursor, SpaceView node) {
            super(cursor, node);
        }
    }
}
