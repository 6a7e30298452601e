package cloud.wuye.platform.outbox;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of dead letters. */
@Type("DeadLetterConnection")
@Description("A page of dead letters.")
public class DeadLetterConnection extends Connection<DeadLetterView, DeadLetterConnection.DeadLetterEdge> {
    DeadLetterConnection(Page<DeadLetterView> page) {
        super(page, DeadLetterEdge::new);
    }

    /** A dead letter and its place in the list. */
    @Type("DeadLetterEdge")
    @Description("A dead letter and its place in the list.")
    public static class DeadLetterEdge extends Edge<DeadLetterView> {
        DeadLetterEdge(String cursor, DeadLetterView node) {
            super(cursor, node);
        }
    }
}
