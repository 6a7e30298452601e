package cloud.wuye.device.metering.settlement;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.space.Spaces;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Use case: somebody wants meters settled. The ticker does it, one account after the other. */
@ApplicationScoped
class StartSettlement {
    private static final String ADD =
            """
            INSERT INTO settlement_run (tenant_id, id, client_key, at, opened_at, by_subject, by_name)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (tenant_id, client_key) DO NOTHING""";
    /** A meter that counts its own credit is not charged by the service, so there is nothing to settle. */
    private static final String ADD_TASKS =
            """
            INSERT INTO settlement_task (tenant_id, run_id, point_id, due_at)
            SELECT a.tenant_id, $2, a.point_id, $3
            FROM meter_account a
            JOIN device d ON d.tenant_id = a.tenant_id AND d.id = a.device_id
            WHERE a.tenant_id = $1 AND a.closed_at IS NULL AND a.authority = 'PLATFORM'
              AND ($4::uuid[] IS NULL OR a.device_id = ANY ($4)) AND ($5::text IS NULL OR a.commodity = $5)
              AND ($6::uuid IS NULL OR d.space_id"""
                    + Spaces.WITHIN.replace("?", "$6") + ")";

    private final Db db;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    StartSettlement(Db db, Audit audit, CurrentCaller currentCaller, Clock clock) {
        this.db = db;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** The run that was opened, or that an earlier click with the same key has. */
    Uni<UUID> start(SettleMetersInput input) {
        Caller caller = currentCaller.get();
        Instant now = clock.now();
        Instant at = input.at() == null ? now : input.at();
        if (at.isAfter(now)) {
            throw new Problem(ProblemCode.VALIDATION, "at", Detail.IN_THE_FUTURE);
        }
        UUID id = Ids.next();
        return db.writeSql(tx -> tx.preparedQuery(ADD)
                .execute(Tuple.from(new Object[] {
                    caller.requireTenant(), id, input.clientKey(), utc(at), utc(now), caller.subject(), caller.name()
                }))
                .flatMap(rows -> rows.rowCount() == 0
                        ? earlier(tx, caller, input.clientKey())
                        : tasks(tx, caller, id, input, now).replaceWith(id)));
    }

    private static Uni<UUID> earlier(SqlConnection tx, Caller caller, String clientKey) {
        return tx.preparedQuery("SELECT id FROM settlement_run WHERE tenant_id = $1 AND client_key = $2")
                .execute(Tuple.of(caller.requireTenant(), clientKey))
                .map(rows -> rows.iterator().next().getUUID("id"));
    }

    private Uni<Void> tasks(SqlConnection tx, Caller caller, UUID id, SettleMetersInput input, Instant now) {
        return tx.preparedQuery(ADD_TASKS)
                .execute(Tuple.from(new Object[] {
                    caller.requireTenant(),
                    id,
                    utc(now),
                    input.deviceIds() == null ? null : input.deviceIds().toArray(UUID[]::new),
                    input.commodity() == null ? null : input.commodity().name(),
                    input.within()
                }))
                .chain(() -> audit.record(tx, caller, "meter.settle", "SettlementRun", id, null, input, null));
    }
}
