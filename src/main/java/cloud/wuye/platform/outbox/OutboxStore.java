package cloud.wuye.platform.outbox;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.db.Plans;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The outbox table as the relay sees it, across tenants. */
@ApplicationScoped
class OutboxStore {
    /**
     * Takes the first pending message of each key that is due, and leases it by moving its due time: an instance that
     * dies with it in hand loses it to the next one when the lease ends. A message whose elder of the same key is still
     * pending has to wait, of whatever kind it is, which keeps the order.
     *
     * <p>OFFSET 0 and the condition on seq, which always holds and stands in the index of kinds, leave PostgreSQL one way: by
     * kind to those that are due, and for each by key to its elders. It takes an outbox that was empty when statistics were
     * taken for empty, and among a hundred thousand would read all of them for each.
     */
    private static final String TAKE =
            """
            UPDATE outbox_message m SET due_at = $2, attempts = m.attempts + 1
            FROM (SELECT c.seq FROM outbox_message c
                  WHERE c.state = 'PENDING' AND c.seq > 0 AND c.due_at <= $1 AND c.kind = $4
                    AND NOT EXISTS (SELECT 1 FROM outbox_message e
                                    WHERE e.state = 'PENDING' AND e.tenant_id = c.tenant_id AND e.key = c.key
                                      AND e.seq < c.seq OFFSET 0)
                  ORDER BY c.seq LIMIT $3 FOR UPDATE SKIP LOCKED) due
            WHERE m.seq = due.seq
            RETURNING m.seq, m.id, m.tenant_id, m.kind, m.key, m.dedupe_key, m.payload::text AS payload, m.created_at,
                      m.attempts, m.trace_id""";

    /** Leaps from kind to kind: to look for a stranger must not cost a walk over all that waits. */
    private static final String OTHER_KINDS =
            """
            WITH RECURSIVE waiting (kind) AS (
              (SELECT kind FROM outbox_message WHERE state = 'PENDING' AND seq > 0 ORDER BY kind, seq LIMIT 1)
              UNION ALL
              SELECT (SELECT m.kind FROM outbox_message m WHERE m.state = 'PENDING' AND m.seq > 0 AND m.kind > w.kind
                      ORDER BY m.kind, m.seq LIMIT 1)
              FROM waiting w WHERE w.kind IS NOT NULL)
            SELECT kind FROM waiting WHERE kind <> ALL ($1)""";

    private static final String RELAY = "outbox relay";
    private static final String SENT =
            "UPDATE outbox_message SET state = 'SENT', sent_at = $2, last_error = NULL WHERE seq = ANY($1) AND state = 'PENDING'";
    private static final String AGAIN =
            "UPDATE outbox_message SET due_at = $2, last_error = $3 WHERE seq = $1 AND state = 'PENDING'";
    private static final String DEAD =
            "UPDATE outbox_message SET state = 'DEAD', last_error = $2 WHERE seq = $1 AND state = 'PENDING'";
    private static final String FORGET =
            """
            DELETE FROM outbox_message WHERE seq IN (
              SELECT seq FROM outbox_message WHERE state = 'SENT' AND sent_at < $1 ORDER BY seq LIMIT 5000)""";
    private static final String OLDEST = "SELECT min(created_at) AS oldest FROM outbox_message WHERE state = 'PENDING'";

    private final Db db;
    private final Clock clock;

    OutboxStore(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Messages of this kind. */
    Uni<List<OutboxMessage>> take(String kind, int atMost, Duration lease) {
        return relay(tx -> take(tx, kind, atMost, lease));
    }

    /** Messages of each kind that is none of these. */
    Uni<List<OutboxMessage>> takeOthers(Set<String> kinds, int atMost, Duration lease) {
        return relay(tx -> tx.preparedQuery(OTHER_KINDS)
                .execute(Tuple.of((Object) kinds.toArray(String[]::new)))
                .onItem()
                .transformToMulti(others -> Multi.createFrom().iterable(others))
                .onItem()
                .transformToUniAndConcatenate(other -> take(tx, other.getString(0), atMost, lease))
                .onItem()
                .<OutboxMessage>disjoint()
                .collect()
                .asList());
    }

    private <T> Uni<T> relay(Function<SqlConnection, Uni<T>> work) {
        return db.acrossTenants(RELAY, tx -> Plans.anew(tx).chain(() -> work.apply(tx)));
    }

    private Uni<List<OutboxMessage>> take(SqlConnection tx, String kind, int atMost, Duration lease) {
        return tx.preparedQuery(TAKE)
                .execute(Tuple.of(now(), now().plus(lease), atMost, kind))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(OutboxStore::message)
                        .sorted((a, b) -> Long.compare(a.seq(), b.seq()))
                        .toList());
    }

    Uni<Void> sent(List<Long> seqs) {
        return run(SENT, Tuple.of(seqs.toArray(Long[]::new), now()));
    }

    Uni<Void> again(long seq, Instant at, String error) {
        return run(AGAIN, Tuple.of(seq, at.atOffset(ZoneOffset.UTC), error));
    }

    Uni<Void> dead(long seq, String error) {
        return run(DEAD, Tuple.of(seq, error));
    }

    Uni<Integer> forgetSentBefore(Instant instant) {
        return db.acrossTenants("outbox clean-up", connection -> connection
                .preparedQuery(FORGET)
                .execute(Tuple.of(instant.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount()));
    }

    /** When the longest waiting message was written; null when none waits. */
    Uni<Instant> oldestPending() {
        return db.acrossTenants("outbox age", connection -> connection
                .query(OLDEST)
                .execute()
                .map(rows -> rows.iterator().next().getOffsetDateTime("oldest"))
                .map(oldest -> oldest == null ? null : oldest.toInstant()));
    }

    private Uni<Void> run(String sql, Tuple parameters) {
        return db.acrossTenants(
                RELAY,
                connection -> connection.preparedQuery(sql).execute(parameters).replaceWithVoid());
    }

    private OffsetDateTime now() {
        return clock.now().atOffset(ZoneOffset.UTC);
    }

    private static OutboxMessage message(Row row) {
        return new OutboxMessage(
                row.getLong("seq"),
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getString("kind"),
                row.getString("key"),
                row.getString("dedupe_key"),
                row.getString("payload"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getInteger("attempts"),
                row.getString("trace_id"));
    }
}
