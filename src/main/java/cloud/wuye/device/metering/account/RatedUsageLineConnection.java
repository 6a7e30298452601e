package cloud.wuye.device.metering.account;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of lines of charged usage. */
@Type("RatedUsageLineConnection")
@Description("A page of lines of charged usage.")
public class RatedUsageLineConnection
        extends Connection<RatedUsageLineView, RatedUsageLineConnection.RatedUsageLineEdge> {
    RatedUsageLineConnection(Page<RatedUsageLineView> page) {
        super(page, RatedUsageLineEdge::new);
    }

    /** A line and its place in the list. */
    @Type("RatedUsageLineEdge")
    @Description("A line and its place in the list.")
    public static class RatedUsageLineEdge extends Edge<RatedUsageLineView> {
        RatedUsageLineEdge(String cursor, RatedUsageLineView node) {
            super(cursor, node);
        }
    }
}
