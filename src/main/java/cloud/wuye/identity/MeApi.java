package cloud.wuye.identity;

import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tenant.TenantRegistry;
import cloud.wuye.tenant.TenantView;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** Tells clients whom they speak for. */
@GraphQLApi
public class MeApi {
    private static final List<String> STAFF = List.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN);

    private final CurrentCaller currentCaller;
    private final SecurityIdentity identity;
    private final TenantRegistry registry;

    MeApi(CurrentCaller currentCaller, SecurityIdentity identity, TenantRegistry registry) {
        this.currentCaller = currentCaller;
        this.identity = identity;
        this.registry = registry;
    }

    @Query
    @NonNull
    @Authenticated
    @Description("Whoever sent this request: name, roles and property company.")
    public Uni<MeView> me() {
        Caller caller = currentCaller.get();
        String username = identity.getPrincipal().getName();
        if (caller.tenantId() == null) {
            return Uni.createFrom().item(MeView.of(caller, username, null));
        }
        boolean staff = STAFF.stream().anyMatch(caller::is);
        return registry.findById(caller.tenantId())
                .map(found -> found.map(TenantView::of).orElse(null))
                .map(company ->
                        MeView.of(caller, username, staff || company == null ? company : company.withoutReason()));
    }
}
