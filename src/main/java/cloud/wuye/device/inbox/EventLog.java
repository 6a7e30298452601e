package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.CommandAck;
import cloud.wuye.device.contract.DeviceEvent;
import cloud.wuye.device.contract.DeviceRequest;
import cloud.wuye.device.contract.Payload;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Events, acknowledgements and requests, each stored once and handled once: the wall against repeated ones. */
@ApplicationScoped
class EventLog {
    private static final String WRITE =
            """
            INSERT INTO device_event AS e
                   (tenant_id, device_id, message_id, channel, at, device_time, received_at, clock_suspect, data)
            SELECT DISTINCT ON (tenant, device, id) tenant, device, id, channel, at, device_time, received_at, suspect, data::jsonb
            FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[],
                        $7::timestamptz[], $8::boolean[], $9::text[])
                 AS n (tenant, device, id, channel, at, device_time, received_at, suspect, data)
            ON CONFLICT (tenant_id, device_id, message_id) DO UPDATE SET handled = true WHERE NOT e.handled
            RETURNING device_id, message_id""";

    private static final String REFUSED =
            """
            UPDATE device_event e SET handled = false
            FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS n (tenant, device, id)
            WHERE e.tenant_id = n.tenant AND e.device_id = n.device AND e.message_id = n.id""";

    /** Notes that nobody took these: they are new again when they come again. */
    Uni<Void> refused(SqlConnection tx, List<Received<Payload>> messages) {
        return messages.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(REFUSED)
                        .execute(Tuple.of(
                                column(messages, each -> each.device().tenantId(), UUID[]::new),
                                column(messages, each -> each.device().id(), UUID[]::new),
                                column(messages, each -> each.envelope().id(), UUID[]::new)))
                        .replaceWithVoid();
    }

    /** Writes them and returns those that were new, or that nobody took before. */
    Uni<Set<Received<Payload>>> write(SqlConnection tx, List<Received<Payload>> messages) {
        if (messages.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return tx.preparedQuery(WRITE)
                .execute(Tuple.from(List.of(
                        column(messages, each -> each.device().tenantId(), UUID[]::new),
                        column(messages, each -> each.device().id(), UUID[]::new),
                        column(messages, each -> each.envelope().id(), UUID[]::new),
                        column(messages, each -> channel(each.payload()), String[]::new),
                        times(messages, Received::at),
                        times(messages, each -> each.envelope().ts()),
                        times(messages, Received::receivedAt),
                        column(messages, Received::clockSuspect, Boolean[]::new),
                        column(messages, each -> data(each.payload()), String[]::new))))
                .map(rows -> first(messages, keys(rows)));
    }

    /** Of a message that stands twice in one batch, only the first is new. */
    private static Set<Received<Payload>> first(List<Received<Payload>> messages, Set<Key> written) {
        Set<Received<Payload>> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Received<Payload> each : messages) {
            if (written.remove(new Key(each.device().id(), each.envelope().id()))) {
                fresh.add(each);
            }
        }
        return fresh;
    }

    private static Set<Key> keys(Iterable<Row> rows) {
        Set<Key> keys = new HashSet<>();
        rows.forEach(row -> keys.add(new Key(row.getUUID(0), row.getUUID(1))));
        return keys;
    }

    /** Whether a payload goes through this log. */
    static boolean keeps(Payload payload) {
        return payload instanceof DeviceEvent || payload instanceof CommandAck || payload instanceof DeviceRequest;
    }

    private static String channel(Payload payload) {
        return payload instanceof DeviceEvent ? "event" : payload instanceof CommandAck ? "ack" : "req";
    }

    private static String data(Payload payload) {
        if (payload instanceof DeviceEvent event) {
            return event.data().toString();
        }
        return payload instanceof CommandAck ack
                ? ack.data().toString()
                : ((DeviceRequest) payload).data().toString();
    }

    private static <T> T[] column(
            List<Received<Payload>> rows, Function<Received<Payload>, T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    private static OffsetDateTime[] times(List<Received<Payload>> rows, Function<Received<Payload>, Instant> value) {
        return column(rows, value.andThen(instant -> instant.atOffset(ZoneOffset.UTC)), OffsetDateTime[]::new);
    }

    private record Key(UUID deviceId, UUID messageId) {}
}
