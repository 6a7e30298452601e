package cloud.wuye.device.metering.account;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of accounts. */
@Type("MeterAccountConnection")
@Description("A page of accounts.")
public class MeterAccountConnection extends Connection<MeterAccountView, MeterAccountConnection.MeterAccountEdge> {
    MeterAccountConnection(Page<MeterAccountView> page) {
        super(page, MeterAccountEdge::new);
    }

    /** An account and its place in the list. */
    @Type("MeterAccountEdge")
    @Description("An account and its place in the list.")
    public static class MeterAccountEdge extends Edge<MeterAccountView> {
        MeterAccountEdge(String cursor, MeterAccountView node) {
            super(cursor, node);
        }
    }
}
