package cloud.wuye.identity;

import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantRegistry;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Finds the realm that has to verify a bearer token: its unverified issuer is an exact key into the registry and nothing
 * else. Headers and hosts never choose a company; a request that names another one than its token's is refused. An issuer
 * that nobody registered fails here; answering "none" would let the request go on as anonymous.
 */
@ApplicationScoped
class RealmResolver implements TenantConfigResolver {
    /** Key in the routing context: id of the company whose realm verifies this request; absent for the platform's. */
    static final String TENANT_ID = "wuye.realm.tenant";

    private final TenantRegistry registry;
    private final RealmConfigs configs;
    private final RealmHint hint;

    RealmResolver(TenantRegistry registry, RealmConfigs configs, RealmHint hint) {
        this.registry = registry;
        this.configs = configs;
        this.hint = hint;
    }

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext context, OidcRequestContext<OidcTenantConfig> requestContext) {
        String issuer = BearerDoor.token(context).flatMap(Issuers::claimedBy).orElse(null);
        if (issuer == null) {
            return refused("no issuer");
        }
        context.remove(TENANT_ID);
        if (configs.isPlatform(issuer)) {
            return hint.contradicts(context, configs.platformRealm())
                    ? refused("the request names another realm")
                    : Uni.createFrom().item(configs::ofPlatform);
        }
        return registry.findByIssuer(issuer).flatMap(found -> found.filter(Tenant::active)
                .map(tenant -> accepted(context, tenant))
                .orElseGet(() -> refused("no active company has this issuer")));
    }

    private Uni<OidcTenantConfig> accepted(RoutingContext context, Tenant tenant) {
        if (hint.contradicts(context, tenant.code())) {
            return refused("the request names another realm");
        }
        UUID id = tenant.id();
        context.put(TENANT_ID, id);
        return Uni.createFrom().item(configs.of(tenant));
    }

    private static Uni<OidcTenantConfig> refused(String why) {
        return Uni.createFrom().failure(new AuthenticationFailedException(why));
    }
}
