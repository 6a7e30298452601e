package cloud.wuye.platform.outbox;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Unit;
import cloud.wuye.platform.json.Json;
import cloud.wuye.platform.observe.Traces;
import cloud.wuye.platform.time.Clock;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Where news for the outside world is written, in the transaction that makes it true. The relay carries it out after
 * the commit: at least once, in order per key, with back-off, and into the dead letters when nothing helps.
 */
@ApplicationScoped
public class Outbox {
    private static final String INSERT =
            """
            INSERT INTO outbox_message (id, tenant_id, kind, key, dedupe_key, payload, created_at, due_at, trace_id)
            VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $7, nullif(cast($8 as text), ''))
            ON CONFLICT (tenant_id, kind, dedupe_key) DO NOTHING""";

    /**
     * As a query, because Hibernate takes a native update for a reason to distrust its whole session. Through text,
     * because the driver makes a JSON string of a string that is to be jsonb.
     */
    private static final String INSERT_IN_SESSION =
            "WITH put AS (" + INSERT.replace("$", "?").replace("?6::text::jsonb", "cast(cast(?6 as text) as jsonb)")
                    + " RETURNING 1) SELECT count(*) FROM put";

    private final Clock clock;
    private final Json json;
    private final OutboxRelay relay;

    Outbox(Clock clock, Json json, OutboxRelay relay) {
        this.clock = clock;
        this.json = json;
        this.relay = relay;
    }

    /**
     * Puts a message inside a {@code Db.write} or {@code Db.forTenant}. A second one with the same kind and dedupe key
     * is dropped silently: that is the point of the key.
     */
    public Uni<Void> put(String kind, String key, String dedupeKey, Object payload) {
        Unit unit = Unit.required();
        unit.afterCommit(relay::nudge);
        return Panache.getSession().chain(session -> session.createNativeQuery(INSERT_IN_SESSION, Long.class)
                .setParameter(1, Ids.next())
                .setParameter(2, unit.tenantId())
                .setParameter(3, kind)
                .setParameter(4, key)
                .setParameter(5, dedupeKey)
                .setParameter(6, json.write(payload))
                .setParameter(7, clock.now())
                .setParameter(8, unit.traceId() == null ? "" : unit.traceId())
                .getSingleResult()
                .replaceWithVoid());
    }

    /** The same on a plain connection; call {@link #nudge()} once its transaction has committed. */
    public Uni<Void> put(
            SqlClient connection, UUID tenantId, String kind, String key, String dedupeKey, Object payload) {
        Instant now = clock.now();
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    Ids.next(),
                    tenantId,
                    kind,
                    key,
                    dedupeKey,
                    json.write(payload),
                    now.atOffset(ZoneOffset.UTC),
                    Traces.currentId()
                }))
                .replaceWithVoid();
    }

    /** Makes the relay look at once instead of at its next poll. */
    public void nudge() {
        relay.nudge();
    }
}
