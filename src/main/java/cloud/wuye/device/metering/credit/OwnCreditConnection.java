package cloud.wuye.device.metering.credit;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of comparisons with meters' own credit. */
@Type("MeterOwnCreditCheckConnection")
@Description("A page of comparisons with meters' own credit.")
public class OwnCreditConnection extends Connection<OwnCreditView, OwnCreditConnection.OwnCreditEdge> {
    OwnCreditConnection(Page<OwnCreditView> page) {
        super(page, OwnCreditEdge::new);
    }

    /** A comparison and its place in the list. */
    @Type("MeterOwnCreditCheckEdge")
    @Description("A comparison and its place in the list.")
    public static class OwnCreditEdge extends Edge<OwnCreditView> {
        OwnCreditEdge(String cursor, OwnCreditView node) {
            super(cursor, node);
        }
    }
}
