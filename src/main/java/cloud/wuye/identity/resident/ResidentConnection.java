package cloud.wuye.identity.resident;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of residents. */
@Type("ResidentConnection")
@Description("A page of residents.")
public class ResidentConnection extends Connection<ResidentView, ResidentConnection.ResidentEdge> {
    ResidentConnection(Page<ResidentView> page) {
        super(page, ResidentEdge::new);
    }

    /** A resident and their place in the list. */
    @Type("ResidentEdge")
    @Description("A resident and their place in the list.")
    public static class ResidentEdge extends Edge<ResidentView> {
        ResidentEdge(String cursor, ResidentView node) {
            super(cursor, node);
        }
    }
}
