package cloud.wuye.identity.staff;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of staff. */
@Type("StaffConnection")
@Description("A page of staff.")
public class StaffConnection extends Connection<StaffView, StaffConnection.StaffEdge> {
    StaffConnection(Page<StaffView> page) {
        super(page, StaffEdge::new);
    }

    /** A member of staff and their place in the list. */
    @Type("StaffEdge")
    @Description("A member of staff and their place in the list.")
    public static class StaffEdge extends Edge<StaffView> {
        StaffEdge(String cursor, StaffView node) {
            super(cursor, node);
        }
    }
}
