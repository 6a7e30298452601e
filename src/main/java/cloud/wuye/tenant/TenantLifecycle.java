package cloud.wuye.tenant;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Moves a property company through its life. Each step is one transaction with its audit entry in the company's own
 * log, names the operator who did it, and may be repeated.
 */
@ApplicationScoped
public class TenantLifecycle {
    private final Db db;
    private final Tenants tenants;
    private final TenantRegistry registry;
    private final Audit audit;
    private final Clock clock;

    TenantLifecycle(Db db, Tenants tenants, TenantRegistry registry, Audit audit, Clock clock) {
        this.db = db;
        this.tenants = tenants;
        this.registry = registry;
        this.audit = audit;
        this.clock = clock;
    }

    /** Writes the company down as on-boarding, or gives back the one that already has this code, in whatever status. */
    public Uni<Tenant> begin(Caller operator, String code, String name, String issuer, URI baseUrl, ZoneId zone) {
        Instant now = clock.now();
        Tenant fresh =
                new Tenant(Ids.next(), code, name, issuer, baseUrl, TenantStatus.ONBOARDING, null, now, zone, now);
        return tenants.byCode(code)
                .flatMap(existing -> existing != null
                        ? Uni.createFrom().item(existing)
                        : add(operator, fresh).flatMap(added -> tenants.byCode(code)));
    }

    /** The company of this id, in whatever status; NOT_FOUND when there is none. */
    public Uni<Tenant> find(UUID id) {
        return tenants.byId(id).onItem().ifNull().failWith(() -> new Problem(ProblemCode.NOT_FOUND, "id", id));
    }

    /** The realm is complete: the company may log in. */
    public Uni<Tenant> activate(Caller operator, UUID tenantId) {
        return move(operator, tenantId, "tenant.activate", null, Tenant::activated);
    }

    /** Shuts the company out; its tokens and devices are refused as soon as the registries know. */
    public Uni<Tenant> suspend(Caller operator, UUID tenantId, String reason) {
        return move(operator, tenantId, "tenant.suspend", reason, (tenant, at) -> tenant.suspended(reason, at));
    }

    /** Lets a suspended company in again. */
    public Uni<Tenant> resume(Caller operator, UUID tenantId, String reason) {
        return move(operator, tenantId, "tenant.resume", reason, (tenant, at) -> tenant.resumed(reason, at));
    }

    private Uni<Boolean> add(Caller operator, Tenant fresh) {
        return db.forTenantSql(fresh.id(), connection -> tenants.add(connection, fresh)
                .call(added -> added ? record(connection, operator, "tenant.begin", null, fresh, null) : nothing()));
    }

    private Uni<Tenant> move(
            Caller operator, UUID id, String act, String reason, BiFunction<Tenant, Instant, Tenant> transition) {
        return db.forTenantSql(id, connection -> tenants.locked(connection, id)
                        .onItem()
                        .ifNull()
                        .failWith(() -> new Problem(ProblemCode.NOT_FOUND, "id", id))
                        .flatMap(before -> {
                            Tenant after = transition.apply(before, clock.now());
                            return after.equals(before)
                                    ? Uni.createFrom().item(before)
                                    : tenants.save(connection, after)
                                            .chain(() -> record(connection, operator, act, before, after, reason))
                                            .replaceWith(after);
                        }))
                .call(registry::refresh);
    }

    private Uni<Void> record(
            SqlConnection connection, Caller operator, String act, Tenant before, Tenant after, String reason) {
        Caller inTheCompanysLog = new Caller(after.id(), operator.subject(), operator.name(), operator.roles());
        return audit.record(connection, inTheCompanysLog, act, "tenant", after.id(), before, after, reason);
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
