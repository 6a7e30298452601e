package cloud.wuye.device.supply;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The switch rows: what is desired of each device. What devices answer is noted in them by {@link SwitchAnswers}. */
@ApplicationScoped
class Switches {
    /**
     * Only devices with a switch get a row; the others are silently none. Whoever is about to be held is OFF, and cut, in its first
     * row: so whoever asks for that must leave a hold on it in the same transaction, or it would later be switched on without having
     * been switched off.
     */
    private static final String ADD =
            """
            INSERT INTO supply_switch (device_id, tenant_id, desired_since, desired, cut)
            SELECT d.id, d.tenant_id, $3, $4, $4 = 'OFF' FROM device d
            WHERE d.tenant_id = $1 AND d.id = ANY($2) AND d.device_class IN ('emeter', 'wmeter')
            ORDER BY d.id ON CONFLICT (device_id) DO NOTHING""";

    private static final String LOCK =
            "SELECT device_id FROM supply_switch WHERE tenant_id = $1 AND device_id = ANY($2) ORDER BY device_id FOR UPDATE";

    /**
     * What is desired follows from the open holds, as they are once the rows are locked. One statement looks at everything that
     * the judgement of a device rests on and writes down what has changed. Each device is looked up by itself: matched as
     * sets, by statistics of tables that were empty a moment ago, a thousand would be found by reading all there are.
     */
    private static final String RECKON =
            """
            WITH seen AS MATERIALIZED (
              SELECT r.*, CASE WHEN h.reason IS NULL THEN 'ON' ELSE 'OFF' END AS desired, h.reason, c.id AS open_now
              FROM unnest($2::uuid[]) AS a (id)
              CROSS JOIN LATERAL (
                SELECT w.device_id, d.device_class, d.lifecycle IN ('REGISTERED', 'ACTIVE') AND t.status = 'ACTIVE' AS in_service,
                       w.desired AS was, coalesce(w.acked, s.switch_reported) AS reported, w.cut, w.permitted, w.quiet_until,
                       CASE WHEN s.connectivity = 'ONLINE' THEN greatest(s.state_version, w.acked_version) END AS state_version
                FROM supply_switch w
                JOIN device d ON d.id = w.device_id
                JOIN tenant t ON t.id = w.tenant_id
                LEFT JOIN device_state s ON s.device_id = w.device_id
                WHERE w.tenant_id = $1 AND w.device_id = a.id LIMIT 1) r
              LEFT JOIN LATERAL (
                SELECT reason FROM supply_hold WHERE tenant_id = $1 AND device_id = a.id AND released_at IS NULL
                ORDER BY since DESC LIMIT 1) h ON true
              LEFT JOIN LATERAL (
                SELECT id FROM device_command WHERE tenant_id = $1 AND device_id = a.id AND lane = '%s'
                  AND state IN ('QUEUED', 'SENT', 'ACCEPTED', 'TIMED_OUT') LIMIT 1) c ON true),
            reckoned AS (
              UPDATE supply_switch w SET desired = seen.desired, desired_since = $3, cut = w.cut OR seen.desired = 'OFF',
                permitted = false, failures = 0, quiet_until = NULL
              FROM seen WHERE w.tenant_id = $1 AND w.device_id = seen.device_id AND seen.was <> seen.desired)
            SELECT device_id, device_class, in_service, desired, reported, reason, state_version, open_now,
                   cut OR was <> desired AND desired = 'OFF' AS cut, permitted AND was = desired AS permitted,
                   CASE WHEN was = desired THEN quiet_until END AS quiet_until
            FROM seen ORDER BY device_id"""
                    .formatted(SwitchOps.LANE);

    /** Devices of companies in service that are not as they should be, or have a command waiting that nobody wants any more. */
    private static final String ASTRAY =
            """
            SELECT w.tenant_id, w.device_id FROM supply_switch w
            JOIN tenant t ON t.id = w.tenant_id AND t.status = 'ACTIVE'
            LEFT JOIN device_state s ON s.device_id = w.device_id
            LEFT JOIN device_command c ON c.tenant_id = w.tenant_id AND c.device_id = w.device_id AND c.lane = '%s'
              AND c.state IN ('QUEUED', 'SENT', 'ACCEPTED', 'TIMED_OUT')
            WHERE w.device_id > $1 AND (
              (c.id IS NULL AND w.desired IS DISTINCT FROM coalesce(w.acked, s.switch_reported)
                AND (w.quiet_until IS NULL OR w.quiet_until <= $2)
                AND (w.desired = 'OFF' OR w.cut OR NOT w.permitted))
              OR (c.state = 'QUEUED' AND w.desired_since > c.created_at))
            ORDER BY w.device_id LIMIT $3"""
                    .formatted(SwitchOps.LANE);

    /**
     * Adds missing rows and locks all; gives the devices that have a switch.
     *
     * @param firstDesired what those that have no row yet will be once the holds have changed, so that it need not be written twice
     */
    Uni<List<UUID>> lock(
            SqlConnection tx, UUID tenantId, Collection<UUID> devices, SwitchState firstDesired, Instant now) {
        UUID[] ids = devices.toArray(UUID[]::new);
        return tx.preparedQuery(ADD)
                .execute(Tuple.of(tenantId, ids, now.atOffset(ZoneOffset.UTC), firstDesired.name()))
                .chain(() -> tx.preparedQuery(LOCK).execute(Tuple.of(tenantId, ids)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID(0))
                        .toList());
    }

    /** Locks the rows of these devices of one company; gives those whose holds want them off. */
    Uni<Set<UUID>> heldOff(SqlConnection tx, Collection<UUID> devices) {
        return tx.preparedQuery(
                        "SELECT device_id, desired FROM supply_switch WHERE device_id = ANY($1) ORDER BY device_id FOR UPDATE")
                .execute(Tuple.of((Object) devices.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .filter(row -> !SwitchState.ON.name().equals(row.getString(1)))
                        .map(row -> row.getUUID(0))
                        .collect(Collectors.toSet()));
    }

    /** Works out again from the holds what is desired of these devices, whose rows are locked; gives how they stand then. */
    Uni<List<SwitchRow>> reckon(SqlConnection tx, UUID tenantId, Collection<UUID> devices, Instant now) {
        return tx.preparedQuery(RECKON)
                .execute(Tuple.of(tenantId, devices.toArray(UUID[]::new), now.atOffset(ZoneOffset.UTC)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(SwitchRow::of)
                        .toList());
    }

    /** Up to so many devices that need the reconciler, after this one; each with its tenant. */
    Uni<List<Row>> astray(SqlConnection tx, UUID after, Instant now, int atMost) {
        return tx.preparedQuery(ASTRAY)
                .execute(Tuple.of(after, now.atOffset(ZoneOffset.UTC), atMost))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    /** Notes that these devices were permitted to be closed by hand. */
    Uni<Void> permitted(SqlConnection tx, Collection<UUID> devices) {
        return mark(tx, "UPDATE supply_switch SET permitted = true WHERE device_id = ANY($1)", devices);
    }

    /** Notes that we did not cut these devices after all: the order was taken back before it was sent. */
    Uni<Void> notCut(SqlConnection tx, Collection<UUID> devices) {
        return mark(tx, "UPDATE supply_switch SET cut = false WHERE device_id = ANY($1)", devices);
    }

    /** The devices of such rows by their companies, both in order: whoever comes to several goes through them alike. */
    static Map<UUID, List<UUID>> byTenant(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .collect(Collectors.groupingBy(
                        row -> row.getUUID("tenant_id"),
                        TreeMap::new,
                        Collectors.mapping(row -> row.getUUID("device_id"), Collectors.toList())));
    }

    /** Carries out a statement on the rows of these devices. */
    static Uni<Void> mark(SqlConnection tx, String sql, Collection<UUID> devices) {
        return devices.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(sql)
                        .execute(Tuple.of(devices.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }
}
