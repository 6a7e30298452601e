package cloud.wuye.device.command;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;

/**
 * Hands queued commands of devices that are online to the outbox, in the caller's transaction. A command of an offline
 * device stays where it is: a message that a broker keeps for later is not delivery.
 */
@ApplicationScoped
class Dispatch {
    private static final String HAND_OVER =
            """
            WITH ready AS (
              SELECT c.id FROM device_command c
              JOIN device_state s ON s.device_id = c.device_id AND s.tenant_id = c.tenant_id AND s.connectivity = 'ONLINE'
              WHERE c.state = 'QUEUED' AND NOT c.in_relay AND c.expires_at > $1 AND %s
              ORDER BY c.id LIMIT %d FOR UPDATE OF c SKIP LOCKED),
            handed AS (
              UPDATE device_command c SET in_relay = true, hand = c.hand + 1 FROM ready WHERE c.id = ready.id
              RETURNING c.id, c.tenant_id, c.device_id, c.hand, c.attempt, c.lane, c.created_at)
            INSERT INTO outbox_message (id, tenant_id, kind, key, dedupe_key, payload, created_at, due_at)
            SELECT gen_random_uuid(), tenant_id, %s, device_id::text, id || ':' || hand,
                   jsonb_build_object('command', id, 'hand', hand), $1, $1
            FROM handed ORDER BY created_at, id""";
    private static final int ALL = Integer.MAX_VALUE;

    /** These commands, as many of them as are ready. */
    Uni<Integer> handOver(SqlConnection tx, Collection<UUID> commands, Instant now) {
        return run(tx, "c.id = ANY($2)", ALL, now, commands);
    }

    /** Whatever waits for these devices, which have just come online. */
    Uni<Integer> handOverTo(SqlConnection tx, Collection<UUID> devices, Instant now) {
        return run(tx, "c.device_id = ANY($2)", ALL, now, devices);
    }

    /** Whatever waits for any device that is online, up to so many: a net below the other two. */
    Uni<Integer> handOverAny(SqlConnection tx, int atMost, Instant now) {
        return tx.preparedQuery(HAND_OVER.formatted("true", atMost, RepeatCommand.KIND_OF_COMMAND))
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC)))
                .map(SqlResult::rowCount);
    }

    private static Uni<Integer> run(SqlConnection tx, String which, int atMost, Instant now, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return tx.preparedQuery(HAND_OVER.formatted(which, atMost, RepeatCommand.KIND_OF_COMMAND))
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), ids.toArray(UUID[]::new)))
                .map(SqlResult::rowCount);
    }
}
