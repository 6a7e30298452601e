package cloud.wuye.identity.resident;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of groups of residents. */
@Type("ResidentGroupConnection")
@Description("A page of groups of residents.")
public class ResidentGroupConnection extends Connection<ResidentGroupView, ResidentGroupConnection.ResidentGroupEdge> {
    ResidentGroupConnection(Page<ResidentGroupView> page) {
        super(page, ResidentGroupEdge::new);
    }

    /** A group and its place in the list. */
    @Type("ResidentGroupEdge")
    @Description("A group and its place in the list.")
    public static class ResidentGroupEdge extends Edge<ResidentGroupView> {
        ResidentGroupEdge(String cursor, ResidentGroupView node) {
            super(cursor, node);
        }
    }
}
