package cloud.wuye.payment.reconciliation;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.payment.ChannelKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The runs and all SQL that moves them. A run's row is the lock of its day. */
@ApplicationScoped
class ReconciliationRuns {
    /** How far back days are made up for after the service was away. */
    private static final int DAYS_BACK = 30;

    private static final String COLUMNS = "id, tenant_id, channel, day, state, tries, fee_fen, fee_entries";

    /** Days that are over since the channel was configured, each due at ten the next morning where the company is. */
    private static final String MAKE_DUE =
            """
            INSERT INTO reconciliation_run (id, tenant_id, channel, day, state, due_at, created_at)
            SELECT gen_random_uuid(), c.tenant_id, c.kind, d.day, 'DUE', (d.day + 1 + time '10:00') AT TIME ZONE t.zone, $2
            FROM payment_channel c
            JOIN tenant t ON t.id = c.tenant_id
            CROSS JOIN LATERAL (
              SELECT g::date AS day FROM generate_series(
                greatest((c.created_at AT TIME ZONE $3)::date, ($2::timestamptz AT TIME ZONE $3)::date - $4::int)::timestamp,
                (($2::timestamptz AT TIME ZONE $3)::date - 1)::timestamp, interval '1 day') g) d
            WHERE c.kind = $1 AND (d.day + 1 + time '10:00') AT TIME ZONE t.zone <= $2
              AND NOT EXISTS (SELECT FROM reconciliation_run r
                WHERE r.tenant_id = c.tenant_id AND r.channel = c.kind AND r.day = d.day)
            ON CONFLICT (tenant_id, channel, day) DO NOTHING""";

    private static final String TAKE =
            """
            UPDATE reconciliation_run r SET due_at = $2
            FROM (SELECT id FROM reconciliation_run WHERE due_at <= $1 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED) n
            WHERE r.id = n.id RETURNING r.id, r.tenant_id, r.channel, r.day, r.state, r.tries, r.fee_fen, r.fee_entries""";
    private static final String AGAIN =
            """
            INSERT INTO reconciliation_run AS r (id, tenant_id, channel, day, state, due_at, created_at)
            VALUES (gen_random_uuid(), $1, $2, $3, 'DUE', $4, $5)
            ON CONFLICT (tenant_id, channel, day) DO UPDATE SET state = 'DUE', due_at = $4, tries = 0, problem = NULL, done_at = NULL
            RETURNING\s"""
                    + COLUMNS;
    private static final String MOVE =
            """
            UPDATE reconciliation_run SET state = $2, tries = 0, problem = NULL,
              fetched_at = CASE WHEN $2 = 'FETCHED' THEN $3 ELSE fetched_at END,
              done_at = CASE WHEN $2 = 'DONE' THEN $3::timestamptz END, due_at = CASE WHEN $2 = 'DONE' THEN NULL ELSE due_at END
            WHERE id = $1""";
    private static final String PUT_OFF =
            "UPDATE reconciliation_run SET tries = tries + 1, problem = $2, due_at = $3 WHERE id = $1 AND state <> 'DONE'";

    /** Writes down the days of a channel that are due by now, of any company. */
    Uni<Void> makeDue(SqlConnection tx, ChannelKind channel, Instant now) {
        return tx.preparedQuery(MAKE_DUE)
                .execute(Tuple.of(channel.name(), utc(now), channel.zone().getId(), DAYS_BACK))
                .replaceWithVoid();
    }

    /** Takes what is due for this replica by putting it off: if we die, another takes it then. */
    Uni<List<ReconciliationRun>> take(SqlConnection tx, Instant now, Duration lease, int atMost) {
        return list(tx, TAKE, Tuple.of(utc(now), utc(now.plus(lease)), atMost));
    }

    /** The day from the beginning, for whoever asks for it now; known or not. */
    Uni<ReconciliationRun> again(
            SqlConnection tx, UUID tenantId, ChannelKind channel, LocalDate day, Instant now, Duration lease) {
        return list(tx, AGAIN, Tuple.from(new Object[] {tenantId, channel.name(), day, utc(now.plus(lease)), utc(now)}))
                .map(runs -> runs.get(0));
    }

    /** The run, locked, if it stands where the step begins; else null: somebody else has done it. */
    Uni<ReconciliationRun> locked(SqlConnection tx, UUID id, RunState state) {
        return list(
                        tx,
                        "SELECT " + COLUMNS + " FROM reconciliation_run WHERE id = $1 AND state = $2 FOR UPDATE",
                        Tuple.of(id, state.name()))
                .map(runs -> runs.isEmpty() ? null : runs.get(0));
    }

    /** Moves a locked run on. */
    Uni<Void> move(SqlConnection tx, ReconciliationRun run, RunState to, Instant now) {
        return tx.preparedQuery(MOVE)
                .execute(Tuple.of(run.id(), to.name(), utc(now)))
                .replaceWithVoid();
    }

    /** It did not go on; it is due again then. */
    Uni<Void> putOff(SqlConnection tx, UUID id, String problem, Instant until) {
        return tx.preparedQuery(PUT_OFF)
                .execute(Tuple.of(id, problem, utc(until)))
                .replaceWithVoid();
    }

    private static Uni<List<ReconciliationRun>> list(SqlConnection tx, String sql, Tuple parameters) {
        return tx.preparedQuery(sql).execute(parameters).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(ReconciliationRun::of)
                .toList());
    }
}
