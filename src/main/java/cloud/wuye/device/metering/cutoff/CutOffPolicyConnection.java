package cloud.wuye.device.metering.cutoff;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of policies of cutting off. */
@Type("CutOffPolicyConnection")
@Description("A page of policies of cutting off.")
public class CutOffPolicyConnection extends Connection<CutOffPolicyView, CutOffPolicyConnection.CutOffPolicyEdge> {
    CutOffPolicyConnection(Page<CutOffPolicyView> page) {
        super(page, CutOffPolicyEdge::new);
    }

    /** A policy and its place in the list. */
    @Type("CutOffPolicyEdge")
    @Description("A policy and its place in the list.")
    public static class CutOffPolicyEdge extends Edge<CutOffPolicyView> {
        CutOffPolicyEdge(String cursor, CutOffPolicyView node) {
            super(cursor, node);
        }
    }
}
