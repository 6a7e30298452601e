package cloud.wuye.device.metering.water;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Use case: a company says from when on it suspects a leak. */
@ApplicationScoped
class SetLeakPolicy {
    private static final String KEEP =
            """
            INSERT INTO leak_policy AS p (tenant_id, threshold, nights, from_hour, to_hour, active, next_look_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (tenant_id) DO UPDATE SET threshold = excluded.threshold, nights = excluded.nights,
              from_hour = excluded.from_hour, to_hour = excluded.to_hour, active = excluded.active,
              next_look_at = excluded.next_look_at, version = p.version + 1
            RETURNING p.*""";

    private final Db db;
    private final TenantRegistry tenants;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    SetLeakPolicy(Db db, TenantRegistry tenants, Audit audit, CurrentCaller currentCaller, Clock clock) {
        this.db = db;
        this.tenants = tenants;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** The company's, or null while it has said nothing. */
    Uni<LeakPolicy> now() {
        return db.readSql(SetLeakPolicy::read);
    }

    Uni<LeakPolicy> set(LeakPolicyInput input) {
        if (input.from() >= input.to()) {
            throw new Problem(ProblemCode.VALIDATION, "toHour", Detail.of("须晚于 {0}", "must be after {0}", "fromHour"));
        }
        Caller caller = currentCaller.get();
        UUID tenant = caller.requireTenant();
        return tenants.findById(tenant)
                .map(found -> input.running()
                        ? LeakPolicy.lookAfter(
                                clock.now(), input.to(), found.orElseThrow().zone())
                        : Instant.MIN)
                .flatMap(next -> db.writeSql(tx -> read(tx).flatMap(before -> keep(tx, tenant, input, next)
                        .call(kept ->
                                audit.record(tx, caller, "leak.policy", "LeakPolicy", tenant, before, kept, null)))));
    }

    private static Uni<LeakPolicy> read(SqlConnection tx) {
        return tx.preparedQuery("SELECT * FROM leak_policy")
                .execute()
                .map(rows ->
                        rows.size() == 0 ? null : LeakPolicy.of(rows.iterator().next()));
    }

    private static Uni<LeakPolicy> keep(SqlConnection tx, UUID tenant, LeakPolicyInput input, Instant next) {
        return tx.preparedQuery(KEEP)
                .execute(Tuple.from(new Object[] {
                    tenant,
                    input.threshold(),
                    input.nights(),
                    input.from(),
                    input.to(),
                    input.running(),
                    input.running() ? next.atOffset(ZoneOffset.UTC) : null
                }))
                .map(rows -> LeakPolicy.of(rows.iterator().next()));
    }
}
