package cloud.wuye.tariff;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of tariff plans. */
@Type("TariffPlanConnection")
@Description("A page of tariff plans, oldest first.")
public class TariffPlanConnection extends Connection<TariffPlanView, TariffPlanConnection.TariffPlanEdge> {
    TariffPlanConnection(Page<TariffPlanView> page) {
        super(page, TariffPlanEdge::new);
    }

    /** A tariff plan and its place in the list. */
    @Type("TariffPlanEdge")
    @Description("A tariff plan and its place in the list.")
    public static class TariffPlanEdge extends Edge<TariffPlanView> {
        TariffPlanEdge(String cursor, TariffPlanView node) {
            super(cursor, node);
        }
    }
}
