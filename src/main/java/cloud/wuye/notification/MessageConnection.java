package cloud.wuye.notification;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of messages. */
@Type("MessageConnection")
@Description("A page of messages.")
public class MessageConnection extends Connection<MessageView, MessageConnection.MessageEdge> {
    MessageConnection(Page<MessageView> page) {
        super(page, MessageEdge::new);
    }

    /** A message and its place in the list. */
    @Type("MessageEdge")
    @Description("A message and its place in the list.")
    public static class MessageEdge extends Edge<MessageView> {
        MessageEdge(String cursor, MessageView node) {
            super(cursor, node);
        }
    }
}
