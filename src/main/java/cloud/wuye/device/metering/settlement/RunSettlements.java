package cloud.wuye.device.metering.settlement;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.device.metering.Statement;
import cloud.wuye.device.metering.account.Balance;
import cloud.wuye.device.metering.account.MeterAccounts;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Use case: settles accounts that wait for it, each in a transaction of its own. What is done stands in the tasks, so any replica
 * goes on. An account whose charges may still change, or that has no price, waits.
 */
@ApplicationScoped
public class RunSettlements {
    private static final Logger LOG = Logger.getLogger(RunSettlements.class);
    private static final String SETTLE = Statement.named("settle-account");
    private static final String DUE =
            """
            SELECT t.tenant_id, t.run_id, t.point_id, r.at FROM settlement_task t
            JOIN settlement_run r ON r.tenant_id = t.tenant_id AND r.id = t.run_id
            WHERE t.state = 'WAITING' AND t.due_at <= $1 ORDER BY t.due_at LIMIT 1 FOR UPDATE OF t SKIP LOCKED""";
    private static final String CLOSE =
            """
            UPDATE settlement_run r SET done_at = $1
            WHERE r.done_at IS NULL AND NOT EXISTS (
              SELECT FROM settlement_task t WHERE t.tenant_id = r.tenant_id AND t.run_id = r.id AND t.state = 'WAITING')""";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LATER = Duration.ofMinutes(10);

    private final Db db;
    private final MeterAccounts accounts;
    private final Clock clock;

    RunSettlements(Db db, MeterAccounts accounts, Clock clock) {
        this.db = db;
        this.accounts = accounts;
        this.clock = clock;
    }

    private record Task(UUID tenantId, UUID runId, UUID pointId, Instant at) {
        static Task of(Row row) {
            return new Task(
                    row.getUUID("tenant_id"),
                    row.getUUID("run_id"),
                    row.getUUID("point_id"),
                    row.getOffsetDateTime("at").toInstant());
        }
    }

    /** All that wait and can be settled now; tells how many were looked at. */
    public Uni<Integer> now() {
        return Batches.untilDry(this::account)
                .call(() -> db.acrossTenants("settlement runs that are done", tx -> tx.preparedQuery(CLOSE)
                        .execute(Tuple.of(utc(clock.now())))
                        .replaceWithVoid()));
    }

    private Uni<Integer> account() {
        AtomicReference<Task> taken = new AtomicReference<>();
        return db.acrossTenants("an account to be settled", tx -> tx.preparedQuery(DUE)
                        .execute(Tuple.of(utc(clock.now())))
                        .flatMap(rows -> {
                            if (rows.size() == 0) {
                                return Uni.createFrom().item(0);
                            }
                            Task task = Task.of(rows.iterator().next());
                            taken.set(task);
                            return settle(tx, task).replaceWith(1);
                        }))
                .onFailure(failure -> taken.get() != null)
                .recoverWithUni(failure -> putOff(taken.get(), failure));
    }

    private Uni<Integer> putOff(Task task, Throwable failure) {
        LOG.errorf(failure, "point %s cannot be settled now", task.pointId);
        return db.acrossTenants("an account that could not be settled", tx -> wait(tx, task, LATER, "TROUBLE"))
                .replaceWith(1);
    }

    private Uni<Void> settle(SqlConnection tx, Task task) {
        return accounts.holdCounters(tx, task.tenantId, task.pointId)
                .chain(() -> accounts.held(tx, task.tenantId, task.pointId))
                .flatMap(held -> settle(tx, task, held));
    }

    private Uni<Void> settle(SqlConnection tx, Task task, Balance held) {
        if (held.rerateFrom() != null) {
            return wait(tx, task, SOON, "CHARGES");
        }
        if (held.unpricedSince() != null && held.unpricedSince().isBefore(task.at)) {
            return wait(tx, task, LATER, "PRICE");
        }
        return tx.preparedQuery(SETTLE)
                .execute(Tuple.of(task.tenantId, task.pointId, Ids.next(), utc(task.at), utc(clock.now()), task.runId))
                .flatMap(rows -> tx.preparedQuery(
                                "UPDATE settlement_task SET state = $4, why = NULL WHERE tenant_id = $1 AND run_id = $2 AND point_id = $3")
                        .execute(Tuple.of(
                                task.tenantId, task.runId, task.pointId, rows.rowCount() > 0 ? "SETTLED" : "NOTHING")))
                .replaceWithVoid();
    }

    private Uni<Void> wait(SqlConnection tx, Task task, Duration time, String why) {
        return tx.preparedQuery(
                        "UPDATE settlement_task SET due_at = $4, why = $5 WHERE tenant_id = $1 AND run_id = $2 AND point_id = $3")
                .execute(Tuple.of(
                        task.tenantId, task.runId, task.pointId, utc(clock.now().plus(time)), why))
                .replaceWithVoid();
    }
}
