package cloud.wuye.device.supply;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The switch rows and all SQL about them. */
@ApplicationScoped
class Switches {
    /** How soon after it has switched a device reports how it stands; after that it is asked. */
    private static final Duration REPORT_WITHIN = Duration.ofSeconds(5);

    private static final Duration ASK_AGAIN = Duration.ofMinutes(10);
    private static final Duration ASK_UNTIL = Duration.ofDays(1);

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

    /** Whether what the device last reported is no older than its acknowledgement: by version, or by the service's clock. */
    static final String LATER = "coalesce(s.state_version >= w.acked_version, false)"
            + " OR coalesce(s.switch_heard_at > w.acked_at, false)";

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
     * Gives out those to look at again at once: what is desired changed while the command was under way, when nothing is sent, or it
     * rested on a state that the device had left.
     */
    private static final String SETTLED =
            """
            WITH settled AS (
              UPDATE supply_switch w SET
                acked = CASE WHEN r.done THEN coalesce(r.state, w.acked) ELSE w.acked END,
                acked_at = CASE WHEN r.done AND r.state IS NOT NULL THEN $1 ELSE w.acked_at END,
                acked_version = CASE WHEN r.done AND r.state IS NOT NULL THEN r.version ELSE w.acked_version END,
                read_asked_at = CASE WHEN r.done AND r.state IS NOT NULL THEN NULL ELSE w.read_asked_at END,
                read_at = CASE WHEN r.done AND r.state IS NOT NULL THEN CASE WHEN r.shown THEN $1::timestamptz END ELSE w.read_at END,
                failures = CASE WHEN r.done OR r.moved_on THEN w.failures ELSE w.failures + 1 END,
                quiet_until = CASE WHEN r.done OR r.moved_on THEN NULL
                  ELSE $1::timestamptz + least(interval '30 seconds' * power(2, least(w.failures, 6)), interval '30 minutes') END
              FROM unnest($2::uuid[], $3::boolean[], $4::text[], $5::timestamptz[], $6::bigint[], $7::boolean[], $8::boolean[])
                AS r (device_id, done, state, created_at, version, shown, moved_on)
              WHERE w.device_id = r.device_id AND NOT EXISTS (
                SELECT 1 FROM device_command n WHERE n.tenant_id = w.tenant_id AND n.device_id = w.device_id
                  AND n.lane = '%s' AND n.attempt > 0 AND n.created_at > r.created_at)
              RETURNING w.tenant_id, w.device_id, r.moved_on OR r.done AND w.desired <> coalesce(r.state, 'ON') AS again)
            SELECT tenant_id, device_id FROM settled WHERE again ORDER BY device_id"""
                    .formatted(SwitchOps.LANE);

    /** Acknowledgements that a later report confirms, or belies: then the next try waits, as after any other failure. */
    private static final String CHECKED =
            """
            WITH later AS (
              SELECT w.device_id, w.acked, s.switch_reported AS said, s.switch_reported_at AS at
              FROM supply_switch w JOIN device_state s ON s.device_id = w.device_id
              WHERE w.acked IS NOT NULL AND s.switch_reported IN ('ON', 'OFF') AND (%s)
              ORDER BY w.device_id LIMIT $2 FOR UPDATE OF w SKIP LOCKED)
            UPDATE supply_switch w SET acked = NULL, acked_at = NULL,
              failures = CASE WHEN later.said = later.acked THEN 0 ELSE w.failures + 1 END,
              quiet_until = CASE WHEN later.said = later.acked THEN w.quiet_until
                ELSE $1::timestamptz + least(interval '30 seconds' * power(2, least(w.failures, 6)), interval '30 minutes') END
            FROM later WHERE w.device_id = later.device_id
            RETURNING w.tenant_id, w.device_id, later.said, later.said <> later.acked AS belied"""
                    .formatted(LATER);

    /** Acknowledgements that no report has followed, and that nobody has asked about of late. */
    private static final String UNSHOWN =
            """
            WITH silent AS (
              SELECT w.device_id FROM supply_switch w
              JOIN device_state s ON s.device_id = w.device_id AND s.connectivity = 'ONLINE'
              WHERE w.acked IS NOT NULL AND w.read_at IS NULL AND w.acked_at <= $1 AND w.acked_at > $2
                AND (w.read_asked_at IS NULL OR w.read_asked_at <= $3) AND NOT (%s)
              ORDER BY w.device_id LIMIT $4 FOR UPDATE OF w SKIP LOCKED)
            UPDATE supply_switch w SET read_asked_at = $5 FROM silent WHERE w.device_id = silent.device_id
            RETURNING w.tenant_id, w.device_id"""
                    .formatted(LATER);

    /** What devices show when they are asked; only what was asked since the acknowledgement tells anything of it. */
    private static final String SHOWN =
            """
            WITH shown AS (
              SELECT w.device_id, r.said, w.acked, s.switch_reported
              FROM unnest($2::uuid[], $3::text[], $4::timestamptz[]) AS r (device_id, said, asked_at)
              JOIN supply_switch w ON w.device_id = r.device_id
              LEFT JOIN device_state s ON s.device_id = w.device_id
              WHERE w.acked IS NOT NULL AND r.asked_at >= w.acked_at
              ORDER BY w.device_id FOR UPDATE OF w)
            UPDATE supply_switch w SET
              read_at = CASE WHEN shown.said = shown.acked THEN $1::timestamptz END,
              acked = CASE WHEN shown.said = shown.acked THEN w.acked WHEN shown.said = shown.switch_reported THEN NULL ELSE shown.said END,
              failures = CASE WHEN shown.said = shown.acked THEN 0 ELSE w.failures + 1 END,
              quiet_until = CASE WHEN shown.said = shown.acked THEN w.quiet_until
                ELSE $1::timestamptz + least(interval '30 seconds' * power(2, least(w.failures, 6)), interval '30 minutes') END
            FROM shown WHERE w.device_id = shown.device_id
            RETURNING w.tenant_id, w.device_id, shown.said, shown.said <> shown.acked AS belied""";

    private static final String HEARD =
            """
            UPDATE supply_switch w SET acked = NULL, failures = 0, quiet_until = NULL,
              cut = w.cut AND NOT (r.state = 'ON' AND r.changed AND w.desired = 'ON'),
              permitted = w.permitted AND NOT (r.state = 'ON' AND r.changed)
            FROM unnest($1::uuid[], $2::text[], $3::boolean[]) AS r (device_id, state, changed)
            WHERE w.device_id = r.device_id""";

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

    /**
     * What became of an acknowledgement in the light of a later report.
     *
     * @param said what the device reported
     * @param belied whether that is not what it had acknowledged
     */
    record Checked(UUID tenantId, UUID deviceId, SwitchState said, boolean belied) {}

    /** Holds acknowledgements against later reports, up to so many; from then on the reports count. */
    Uni<List<Checked>> check(SqlConnection tx, Instant now, int atMost) {
        return tx.preparedQuery(CHECKED)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), atMost))
                .map(Switches::checked);
    }

    private static List<Checked> checked(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Checked(
                        row.getUUID("tenant_id"),
                        row.getUUID("device_id"),
                        SwitchState.valueOf(row.getString("said")),
                        row.getBoolean("belied")))
                .toList();
    }

    /** Up to so many devices that are online and have reported nothing since they acknowledged; they count as asked now. */
    Uni<List<Row>> unshown(SqlConnection tx, Instant now, int atMost) {
        return tx.preparedQuery(UNSHOWN)
                .execute(Tuple.of(
                        now.minus(REPORT_WITHIN).atOffset(ZoneOffset.UTC),
                        now.minus(ASK_UNTIL).atOffset(ZoneOffset.UTC),
                        now.minus(ASK_AGAIN).atOffset(ZoneOffset.UTC),
                        atMost,
                        now.atOffset(ZoneOffset.UTC)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    /**
     * What a device showed when it was asked.
     *
     * @param said what
     * @param askedAt when the question was made
     */
    record Shown(UUID deviceId, SwitchState said, Instant askedAt) {}

    /** Holds acknowledgements against what devices show; one that is belied is a failure, and does not count any more. */
    Uni<List<Checked>> shown(SqlConnection tx, Instant now, List<Shown> shown) {
        return tx.preparedQuery(SHOWN)
                .execute(Tuple.of(
                        now.atOffset(ZoneOffset.UTC),
                        shown.stream().map(Shown::deviceId).toArray(UUID[]::new),
                        shown.stream().map(each -> each.said().name()).toArray(String[]::new),
                        shown.stream()
                                .map(each -> each.askedAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new)))
                .map(Switches::checked);
    }

    /** Notes that what was said of these devices is in doubt: they are as they report themselves. */
    Uni<Void> doubted(SqlConnection tx, Collection<UUID> devices) {
        return mark(tx, "UPDATE supply_switch SET acked = NULL, quiet_until = NULL WHERE device_id = ANY($1)", devices);
    }

    /**
     * How a switching command ended.
     *
     * @param done whether it was done; if not, the next try waits
     * @param state what the device is now, or null if that is not known
     * @param createdAt of the command; when a newer one was sent, the older says nothing
     * @param version of the device's state by its answer, or null
     * @param shown whether the device was asked how it stands, and showed this
     * @param movedOn whether the device refused only because its state was not what we thought: no failure of its
     */
    record Ending(
            UUID deviceId,
            boolean done,
            SwitchState state,
            Instant createdAt,
            Long version,
            boolean shown,
            boolean movedOn) {}

    /** Notes how switching commands ended; tells, by company, which devices are to be looked at again at once. */
    Uni<Map<UUID, List<UUID>>> settled(SqlConnection tx, Instant now, List<Ending> endings) {
        return tx.preparedQuery(SETTLED)
                .execute(Tuple.of(
                                now.atOffset(ZoneOffset.UTC),
                                endings.stream().map(Ending::deviceId).toArray(UUID[]::new),
                                endings.stream().map(Ending::done).toArray(Boolean[]::new),
                                endings.stream()
                                        .map(ending -> ending.state() == null
                                                ? null
                                                : ending.state().name())
                                        .toArray(String[]::new),
                                endings.stream()
                                        .map(ending -> ending.createdAt().atOffset(ZoneOffset.UTC))
                                        .toArray(OffsetDateTime[]::new))
                        .addValue(endings.stream().map(Ending::version).toArray(Long[]::new))
                        .addValue(endings.stream().map(Ending::shown).toArray(Boolean[]::new))
                        .addValue(endings.stream().map(Ending::movedOn).toArray(Boolean[]::new)))
                .map(rows -> {
                    Map<UUID, List<UUID>> again = new TreeMap<>();
                    rows.forEach(row -> again.computeIfAbsent(row.getUUID("tenant_id"), tenant -> new ArrayList<>())
                            .add(row.getUUID("device_id")));
                    return again;
                });
    }

    /** Notes that devices have come back or reported another state: what was acknowledged is old, patience starts afresh. */
    Uni<Void> heard(SqlConnection tx, List<UUID> devices, List<String> states, List<Boolean> changed) {
        return tx.preparedQuery(HEARD)
                .execute(Tuple.of(
                        devices.toArray(UUID[]::new), states.toArray(String[]::new), changed.toArray(Boolean[]::new)))
                .replaceWithVoid();
    }

    private static Uni<Void> mark(SqlConnection tx, String sql, Collection<UUID> devices) {
        return devices.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(sql)
                        .execute(Tuple.of(devices.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }
}
