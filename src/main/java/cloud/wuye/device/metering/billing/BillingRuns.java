package cloud.wuye.device.metering.billing;

import static cloud.wuye.platform.db.Columns.utc;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/** Runs, their tasks and all SQL about them. */
@ApplicationScoped
class BillingRuns {
    private static final String ADD =
            """
            INSERT INTO billing_run (tenant_id, id, commodity, cut_at, client_key, window_ends_at, due_days, grace_days, fresh_hours,
              opened_at, by_subject, by_name)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT DO NOTHING""";
    private static final String ADD_TASKS =
            """
            INSERT INTO billing_task (tenant_id, run_id, point_id, due_at)
            SELECT a.tenant_id, $2, a.point_id, $5
            FROM meter_account a
            WHERE a.tenant_id = $1 AND a.commodity = $3 AND a.mode = 'POSTPAID' AND a.closed_at IS NULL AND a.opened_at < $4
              AND ($6::uuid[] IS NULL OR a.device_id = ANY ($6))""";
    /** What a late meter said since makes its account due at once. */
    private static final String WAKE =
            """
            UPDATE billing_task t SET due_at = $1
            FROM billing_run r, meter_balance b
            WHERE t.state = 'WAITING' AND t.why = 'READING' AND t.due_at > $1 AND r.tenant_id = t.tenant_id AND r.id = t.run_id
              AND b.tenant_id = t.tenant_id AND b.point_id = t.point_id AND b.charged_until >= r.cut_at
              AND b.rerate_from IS NULL AND b.unpriced_since IS NULL""";

    private static final String DUE =
            """
            SELECT tenant_id, run_id, point_id, asked FROM billing_task
            WHERE state = 'WAITING' AND due_at <= $1 ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED""";
    private static final String CLOSE =
            """
            UPDATE billing_run r SET done_at = $1
            WHERE r.done_at IS NULL AND NOT EXISTS (
              SELECT FROM billing_task t WHERE t.tenant_id = r.tenant_id AND t.run_id = r.id AND t.state = 'WAITING')""";

    /** Opens a run for accounts of these meters, or all for null; false when it was opened before. */
    Uni<Boolean> open(SqlConnection tx, BillingRun run, Collection<UUID> meters) {
        return tx.preparedQuery(ADD)
                .execute(Tuple.from(new Object[] {
                    run.tenantId(),
                    run.id(),
                    run.commodity().name(),
                    utc(run.cutAt()),
                    run.clientKey(),
                    utc(run.windowEndsAt()),
                    run.dueDays(),
                    run.graceDays(),
                    run.freshHours(),
                    utc(run.openedAt()),
                    run.bySubject(),
                    run.byName()
                }))
                .flatMap(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : tx.preparedQuery(ADD_TASKS)
                                .execute(Tuple.from(new Object[] {
                                    run.tenantId(),
                                    run.id(),
                                    run.commodity().name(),
                                    utc(run.cutAt()),
                                    utc(run.openedAt()),
                                    meters == null ? null : meters.toArray(UUID[]::new)
                                }))
                                .replaceWith(true));
    }

    /** The run that a click has opened before, or null. */
    Uni<BillingRun> byClick(SqlConnection tx, UUID tenantId, String clientKey) {
        return tx.preparedQuery("SELECT * FROM billing_run WHERE tenant_id = $1 AND client_key = $2")
                .execute(Tuple.of(tenantId, clientKey))
                .map(rows ->
                        rows.size() == 0 ? null : BillingRun.of(rows.iterator().next()));
    }

    Uni<BillingRun> byId(SqlConnection tx, UUID tenantId, UUID id) {
        return tx.preparedQuery("SELECT * FROM billing_run WHERE tenant_id = $1 AND id = $2")
                .execute(Tuple.of(tenantId, id))
                .map(rows -> BillingRun.of(rows.iterator().next()));
    }

    /** Makes those due whose meter has spoken; tells how many. */
    Uni<Integer> wake(SqlConnection tx, Instant now) {
        return tx.preparedQuery(WAKE).execute(Tuple.of(utc(now))).map(rows -> rows.rowCount());
    }

    /** A task that is due, locked, or null. */
    Uni<BillingTask> due(SqlConnection tx, Instant now) {
        return tx.preparedQuery(DUE)
                .execute(Tuple.of(utc(now)))
                .map(rows ->
                        rows.size() == 0 ? null : BillingTask.of(rows.iterator().next()));
    }

    /** It waits until then, for this. */
    Uni<Void> wait(SqlConnection tx, BillingTask task, Instant until, String why, boolean asked) {
        return tx.preparedQuery(
                        "UPDATE billing_task SET due_at = $4, why = $5, asked = asked + $6 WHERE tenant_id = $1 AND run_id = $2"
                                + " AND point_id = $3")
                .execute(Tuple.of(
                        task.tenantId(), task.runId(), task.pointId(), utc(until), why, Integer.valueOf(asked ? 1 : 0)))
                .replaceWithVoid();
    }

    Uni<Void> end(SqlConnection tx, BillingTask task, BillingTask.State state) {
        return tx.preparedQuery(
                        "UPDATE billing_task SET state = $4, why = NULL WHERE tenant_id = $1 AND run_id = $2 AND point_id = $3")
                .execute(Tuple.of(task.tenantId(), task.runId(), task.pointId(), state.name()))
                .replaceWithVoid();
    }

    /** Closes runs of which nothing waits. */
    Uni<Void> close(SqlConnection tx, Instant now) {
        return tx.preparedQuery(CLOSE).execute(Tuple.of(utc(now))).replaceWithVoid();
    }
}
