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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What devices acknowledge, report and show of their switches, noted in the switch rows and held against each other. */
@ApplicationScoped
class SwitchAnswers {
    /** How soon after it has switched a device reports how it stands; after that it is asked. */
    private static final Duration REPORT_WITHIN = Duration.ofSeconds(5);

    private static final Duration ASK_AGAIN = Duration.ofMinutes(10);
    private static final Duration ASK_UNTIL = Duration.ofDays(1);

    /** Whether what the device last reported is no older than its acknowledgement: by version, or by the service's clock. */
    static final String LATER = "coalesce(s.state_version >= w.acked_version, false)"
            + " OR coalesce(s.switch_heard_at > w.acked_at, false)";

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
                .map(SwitchAnswers::checked);
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
                .map(SwitchAnswers::checked);
    }

    /** Notes that what was said of these devices is in doubt: they are as they report themselves. */
    Uni<Void> doubted(SqlConnection tx, Collection<UUID> devices) {
        return Switches.mark(
                tx, "UPDATE supply_switch SET acked = NULL, quiet_until = NULL WHERE device_id = ANY($1)", devices);
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
                .map(Switches::byTenant);
    }

    /** Notes that devices have come back or reported another state: what was acknowledged is old, patience starts afresh. */
    Uni<Void> heard(SqlConnection tx, List<UUID> devices, List<String> states, List<Boolean> changed) {
        return tx.preparedQuery(HEARD)
                .execute(Tuple.of(
                        devices.toArray(UUID[]::new), states.toArray(String[]::new), changed.toArray(Boolean[]::new)))
                .replaceWithVoid();
    }
}
