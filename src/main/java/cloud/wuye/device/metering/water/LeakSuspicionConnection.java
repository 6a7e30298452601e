package cloud.wuye.device.metering.water;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of suspected leaks. */
@Type("LeakSuspicionConnection")
@Description("A page of suspected leaks.")
public class LeakSuspicionConnection extends Connection<LeakSuspicionView, LeakSuspicionConnection.LeakSuspicionEdge> {
    LeakSuspicionConnection(Page<LeakSuspicionView> page) {
        super(page, LeakSuspicionEdge::new);
    }

    /** A suspected leak and its place in the list. */
    @Type("LeakSuspicionEdge")
    @Description("A suspected leak and its place in the list.")
    public static class LeakSuspicionEdge extends Edge<LeakSuspicionView> {
        LeakSuspicionEdge(String cursor, LeakSuspicionView node) {
            super(cursor, node);
        }
    }
}
