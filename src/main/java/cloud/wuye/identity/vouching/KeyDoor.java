package cloud.wuye.identity.vouching;

import cloud.wuye.identity.realm.VouchedClient;
import cloud.wuye.platform.graphql.EarlyRefusal;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantRegistry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The door at which a realm reads with which keys its company's people are vouched for: {@code GET /api/login/keys/{id of the
 * company}}, a JWK set. Open halves only, so whoever comes may read them; of a company that is not in service, and of none,
 * there are none.
 */
@ApplicationScoped
class KeyDoor {
    private static final Logger LOG = Logger.getLogger(KeyDoor.class);

    private final TenantRegistry registry;
    private final Signers signers;

    KeyDoor(TenantRegistry registry, Signers signers) {
        this.registry = registry;
        this.signers = signers;
    }

    void install(@Observes Router router) {
        router.get(VouchedClient.KEYS + ":company").handler(this::answer);
    }

    private void answer(RoutingContext http) {
        keys(http.pathParam("company"))
                .subscribe()
                .with(
                        keys -> http.response()
                                .putHeader(HttpHeaderNames.CONTENT_TYPE, "application/json")
                                .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store")
                                .end(keys.encode())
                                .onFailure(gone -> LOG.debugf("the realm hung up: %s", gone)),
                        failure -> {
                            LOG.error("keys cannot be shown; the realm will ask again", failure);
                            EarlyRefusal.answer(http, ProblemCode.UNAVAILABLE);
                        });
    }

    private Uni<JsonObject> keys(String company) {
        return find(company)
                .flatMap(found -> found.filter(Tenant::active)
                        .map(tenant -> signers.shown(tenant.id()))
                        .orElseGet(() -> Uni.createFrom().item(List.of())))
                .map(keys -> {
                    JsonArray all = new JsonArray();
                    keys.forEach(key -> all.add(key.jwk()));
                    return new JsonObject().put("keys", all);
                });
    }

    private Uni<Optional<Tenant>> find(String company) {
        try {
            return registry.findById(UUID.fromString(company));
        } catch (IllegalArgumentException noId) {
            return Uni.createFrom().item(Optional.empty());
        }
    }
}
