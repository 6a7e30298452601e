package cloud.wuye.device.metering.cutoff;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of decisions to cut off, spare and give back. */
@Type("CutOffDecisionConnection")
@Description("A page of decisions to cut off, spare and give back.")
public class CutOffDecisionConnection
        extends Connection<CutOffDecisionView, CutOffDecisionConnection.CutOffDecisionEdge> {
    CutOffDecisionConnection(Page<CutOffDecisionView> page) {
        super(page, CutOffDecisionEdge::new);
    }

    /** A decision and its place in the list. */
    @Type("CutOffDecisionEdge")
    @Description("A decision and its place in the list.")
    public static class CutOffDecisionEdge extends Edge<CutOffDecisionView> {
        CutOffDecisionEdge(String cursor, CutOffDecisionView node) {
            super(cursor, node);
        }
    }
}
