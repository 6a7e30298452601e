package cloud.wuye.device.command;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of commands. */
@Type("DeviceCommandConnection")
@Description("A page of commands, newest first.")
public class CommandConnection extends Connection<CommandView, CommandConnection.CommandEdge> {
    CommandConnection(Page<CommandView> page) {
        super(page, CommandEdge::new);
    }

    /** A command and its place in the list. */
    @Type("DeviceCommandEdge")
    @Description("A command and its place in the list.")
    public static class CommandEdge extends Edge<CommandView> {
        CommandEdge(String cursor, CommandView node) {
            super(cursor, node);
        }
    }
}
