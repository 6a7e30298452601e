package cloud.wuye.device.supply;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of the on/off log. */
@Type("SwitchEventConnection")
@Description("A page of the on/off log, newest first.")
public class SwitchEventConnection extends Connection<SwitchEventView, SwitchEventConnection.SwitchEventEdge> {
    SwitchEventConnection(Page<SwitchEventView> page) {
        super(page, SwitchEventEdge::new);
    }

    /** An entry and its place in the list. */
    @Type("SwitchEventEdge")
    @Description("An entry of the on/off log and its place in the list.")
    public static class SwitchEventEdge extends Edge<SwitchEventView> {
        SwitchEventEdge(String cursor, SwitchEventView node) {
            super(cursor, node);
        }
    }
}
