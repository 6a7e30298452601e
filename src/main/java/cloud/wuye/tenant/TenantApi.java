package cloud.wuye.tenant;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The operator's view of the property companies. */
@GraphQLApi
public class TenantApi {
    private final Tenants tenants;

    TenantApi(Tenants tenants) {
        this.tenants = tenants;
    }

    @Query
    @NonNull
    @RolesAllowed(Roles.PLATFORM_OPERATOR)
    @Description("All property companies. Platform operators only.")
    public Uni<TenantConnection> propertyCompanies(
            @Description("Which companies.") TenantFilterInput filter,
            @DefaultValue("CODE") @Description("What to order by.") TenantSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return tenants.page(
                        filter == null ? TenantFilterInput.NONE : filter,
                        ListSort.order(sort, TenantSort.CODE, direction),
                        PageInput.of(first, after))
                .map(page -> new TenantConnection(page.map(TenantView::of)));
    }

    @Query
    @RolesAllowed(Roles.PLATFORM_OPERATOR)
    @Description("The property company of this id, or null. Platform operators only.")
    public Uni<TenantView> propertyCompany(@NonNull @Description("Its id.") UUID id) {
        return tenants.byId(id).onItem().ifNotNull().transform(TenantView::of);
    }
}
