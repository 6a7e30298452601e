package cloud.wuye.device.inbox;

import cloud.wuye.platform.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The rejected messages: kept with their reason until somebody has looked, and replayed after a fix. */
@ApplicationScoped
class ParkingLot {
    private static final String PARK =
            """
            INSERT INTO rejected_message AS r
                   (id, tenant_id, device_id, topic, payload, fingerprint, reason, detail, received_at, last_at, times)
            SELECT DISTINCT ON (tenant, print)
                   p.id, coalesce(p.tenant_id, t.id, '00000000-0000-0000-0000-000000000000') AS tenant, p.device_id, p.topic,
                   p.payload, p.print, p.reason, p.detail, p.at, p.at, p.times
            FROM (SELECT *, sha256(convert_to(topic, 'UTF8') || '\\x00'::bytea || payload) AS print
                  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::text[], $7::text[], $8::timestamptz[],
                              $9::int[])
                       AS p (id, tenant_id, device_id, topic, payload, reason, detail, at, times)) p
            LEFT JOIN tenant t ON t.code = split_part(p.topic, '/', 3)
            ORDER BY tenant, print, p.at DESC
            ON CONFLICT (tenant_id, fingerprint) DO UPDATE
            SET times = r.times + excluded.times, last_at = excluded.last_at, reason = excluded.reason, detail = excluded.detail,
                device_id = excluded.device_id, replayed_at = NULL
            RETURNING r.tenant_id""";

    private final ParkingQuota quota;

    ParkingLot(ParkingQuota quota) {
        this.quota = quota;
    }

    /**
     * Parks them all with one statement; one that is parked already only counts up, and so does what is too much. Returns
     * the companies whose they are, by the registry or by the topic's word; zeros where there is none.
     */
    Uni<Set<UUID>> park(SqlConnection tx, List<Parked> messages) {
        if (messages.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        Columns rows = new Columns(quota.admit(messages));
        return tx.preparedQuery(PARK)
                .execute(Tuple.from(List.of(
                        rows.of(each -> Ids.next(), UUID[]::new),
                        rows.of(Parked::tenantId, UUID[]::new),
                        rows.of(Parked::deviceId, UUID[]::new),
                        rows.of(Parked::safeTopic, String[]::new),
                        rows.of(each -> Buffer.buffer(each.payload()), Buffer[]::new),
                        rows.of(each -> each.reason().name(), String[]::new),
                        rows.of(Parked::safeDetail, String[]::new),
                        rows.of(each -> each.receivedAt().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new),
                        rows.of(Parked::times, Integer[]::new))))
                .map(ParkingLot::companies);
    }

    private static Set<UUID> companies(RowSet<Row> rows) {
        Set<UUID> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.getUUID("tenant_id")));
        return ids;
    }

    private record Columns(List<Parked> messages) {
        <T> T[] of(Function<Parked, T> value, IntFunction<T[]> array) {
            return messages.stream().map(value).toArray(array);
        }
    }
}
