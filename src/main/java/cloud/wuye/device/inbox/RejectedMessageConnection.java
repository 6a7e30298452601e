package cloud.wuye.device.inbox;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of rejected messages. */
@Type("RejectedMessageConnection")
@Description("A page of rejected messages.")
public class RejectedMessageConnection
        extends Connection<RejectedMessageView, RejectedMessageConnection.RejectedMessageEdge> {
    RejectedMessageConnection(Page<RejectedMessageView> page) {
        super(page, RejectedMessageEdge::new);
    }

    /** A rejected message and its place in the list. */
    @Type("RejectedMessageEdge")
    @Description("A rejected message and its place in the list.")
    public static class RejectedMessageEdge extends Edge<RejectedMessageView> {
        RejectedMessageEdge(String cursor, RejectedMessageView node) {
            super(cursor, node);
        }
    }
}
