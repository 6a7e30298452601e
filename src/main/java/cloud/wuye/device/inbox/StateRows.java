package cloud.wuye.device.inbox;

import static cloud.wuye.platform.db.Columns.column;
import static cloud.wuye.platform.db.Columns.times;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The rows of {@code device_state}: locked in one order by all, changed with one statement. */
@ApplicationScoped
class StateRows {
    private static final String LOCK = "SELECT device_id, " + DeviceState.COLUMNS
            + " FROM device_state WHERE device_id = ANY ($1) ORDER BY device_id FOR NO KEY UPDATE";
    private static final String MAKE =
            """
            INSERT INTO device_state (device_id, tenant_id)
            SELECT id, tenant FROM unnest($1::uuid[], $2::uuid[]) AS n (id, tenant) ORDER BY id
            ON CONFLICT DO NOTHING""";
    private static final String SAVE =
            """
            UPDATE device_state s SET
                connectivity = n.connectivity, connectivity_at = n.connectivity_at, last_seen_at = n.last_seen_at,
                heartbeat_seconds = n.heartbeat, clock_skew_ms = n.skew, clock_suspect = n.suspect,
                clock_probe_ms = n.probe_ms, clock_probe_ts = n.probe_ts, boot = n.boot, boot_at = n.boot_at,
                last_seq = n.seq, seq_gaps = n.gaps, switch_reported = n.switch, switch_reported_at = n.switch_at,
                switch_heard_at = n.heard_at, clock_sync_at = n.sync_at
            FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::int[], $6::bigint[], $7::boolean[],
                        $8::bigint[], $9::timestamptz[], $10::text[], $11::timestamptz[], $12::bigint[], $13::bigint[],
                        $14::text[], $15::timestamptz[], $16::timestamptz[], $17::timestamptz[])
                 AS n (id, connectivity, connectivity_at, last_seen_at, heartbeat, skew, suspect, probe_ms, probe_ts, boot,
                       boot_at, seq, gaps, switch, switch_at, heard_at, sync_at)
            WHERE s.device_id = n.id""";
    private static final String SAVE_REPORTS =
            """
            UPDATE device_state s SET
                state_version = n.version, desired_version = n.desired,
                reported = coalesce(n.reported::jsonb, s.reported), info = coalesce(n.info::jsonb, s.info)
            FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::text[])
                 AS n (id, version, desired, reported, info)
            WHERE s.device_id = n.id""";

    /** The states of these devices, locked until the transaction ends; made where there is none yet. */
    Uni<Map<UUID, DeviceState>> lock(SqlConnection tx, Map<UUID, KnownDevice> devices) {
        if (devices.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return select(tx, devices)
                .chain(found -> found.size() == devices.size()
                        ? Uni.createFrom().item(found)
                        : make(tx, devices).chain(() -> select(tx, devices)));
    }

    private static Uni<Map<UUID, DeviceState>> select(SqlConnection tx, Map<UUID, KnownDevice> devices) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(devices.keySet().toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, DeviceState> states = new HashMap<>(rows.size() * 2);
                    for (Row row : rows) {
                        UUID id = row.getUUID(0);
                        states.put(id, new DeviceState(devices.get(id), row));
                    }
                    return states;
                });
    }

    private static Uni<Void> make(SqlConnection tx, Map<UUID, KnownDevice> devices) {
        List<KnownDevice> all = List.copyOf(devices.values());
        return tx.preparedQuery(MAKE)
                .execute(Tuple.of(
                        column(all, UUID[]::new, KnownDevice::id), column(all, UUID[]::new, KnownDevice::tenantId)))
                .replaceWithVoid();
    }

    /** Writes them all. */
    Uni<Void> save(SqlConnection tx, Collection<DeviceState> states) {
        if (states.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(SAVE)
                .execute(Tuple.from(Arrays.asList(
                        column(states, UUID[]::new, each -> each.device().id()),
                        column(states, String[]::new, each -> each.connectivity()
                                .name()),
                        times(states, DeviceState::connectivityAt),
                        times(states, DeviceState::lastSeenAt),
                        column(states, Integer[]::new, DeviceState::heartbeatSeconds),
                        column(states, Long[]::new, each -> each.clock().skewMillis()),
                        column(states, Boolean[]::new, each -> each.clock().suspect()),
                        column(states, Long[]::new, each -> each.clock().probeMillis()),
                        times(states, each -> each.clock().probeTs()),
                        column(states, String[]::new, DeviceState::boot),
                        times(states, DeviceState::bootAt),
                        column(states, Long[]::new, DeviceState::lastSeq),
                        column(states, Long[]::new, DeviceState::seqGaps),
                        column(states, String[]::new, each -> name(each.reportedSwitch())),
                        times(states, DeviceState::switchReportedAt),
                        times(states, DeviceState::switchHeardAt),
                        times(states, DeviceState::clockSyncAt))))
                .chain(() -> saveReports(tx, states));
    }

    private static Uni<Void> saveReports(SqlConnection tx, Collection<DeviceState> states) {
        List<DeviceState> changed = states.stream()
                .filter(each -> each.reported() != null || each.info() != null)
                .toList();
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(SAVE_REPORTS)
                .execute(Tuple.of(
                        column(changed, UUID[]::new, each -> each.device().id()),
                        column(changed, Long[]::new, DeviceState::stateVersion),
                        column(changed, Long[]::new, DeviceState::desiredVersion),
                        column(changed, String[]::new, each -> text(each.reported())),
                        column(changed, String[]::new, each -> text(each.info()))))
                .replaceWithVoid();
    }

    private static String name(Enum<?> constant) {
        return constant == null ? null : constant.name();
    }

    private static String text(JsonNode json) {
        return json == null ? null : json.toString();
    }
}
