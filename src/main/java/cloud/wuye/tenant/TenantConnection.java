package cloud.wuye.tenant;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of property companies. */
@Type("PropertyCompanyConnection")
@Description("A page of property companies.")
public class TenantConnection extends Connection<TenantView, TenantConnection.TenantEdge> {
    TenantConnection(Page<TenantView> page) {
        super(page, TenantEdge::new);
    }

    /** A property company and its place in the list. */
    @Type("PropertyCompanyEdge")
    @Description("A property company and its place in the list.")
    public static class TenantEdge extends Edge<TenantView> {
        TenantEdge(String cursor, TenantView node) {
            super(cursor, node);
        }
    }
}
