package cloud.wuye.device.inbox;

import static cloud.wuye.platform.db.Columns.column;
import static cloud.wuye.platform.db.Columns.times;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The rows of {@code device_state}: locked in one order by all; what changed of them is written by one statement or two. */
@ApplicationScoped
class StateRows {
    private static final String LOCK = "SELECT device_id, " + DeviceState.COLUMNS
            + " FROM device_state WHERE device_id = ANY ($1) ORDER BY device_id FOR NO KEY UPDATE";
    private static final String MAKE =
            """
            INSERT INTO device_state (device_id, tenant_id)
            SELECT id, tenant FROM (SELECT unnest($1::uuid[]) AS id, unnest($2::uuid[]) AS tenant) n ORDER BY id
            ON CONFLICT DO NOTHING""";
    /** What changes with nearly every message; cheaper than {@link #SAVE} for both sides. */
    private static final String SAVE_HEARD =
            """
            UPDATE device_state s SET
                last_seen_at = n.last_seen_at, clock_skew_ms = n.skew, last_seq = n.seq, switch_reported_at = n.switch_at,
                switch_heard_at = n.heard_at
            FROM (SELECT unnest($1::uuid[]) AS id, unnest($2::timestamptz[]) AS last_seen_at, unnest($3::bigint[]) AS skew,
                         unnest($4::bigint[]) AS seq, unnest($5::timestamptz[]) AS switch_at,
                         unnest($6::timestamptz[]) AS heard_at) n
            WHERE s.device_id = n.id""";

    private static final String SAVE =
            """
            UPDATE device_state s SET
                last_seen_at = n.last_seen_at, clock_skew_ms = n.skew, last_seq = n.seq, switch_reported_at = n.switch_at,
                switch_heard_at = n.heard_at, connectivity = n.connectivity, connectivity_at = n.connectivity_at,
                heartbeat_seconds = n.heartbeat, clock_suspect = n.suspect, clock_probe_ms = n.probe_ms,
                clock_probe_ts = n.probe_ts, boot = n.boot, boot_at = n.boot_at, seq_gaps = n.gaps,
                switch_reported = n.switch, clock_sync_at = n.sync_at
            FROM (SELECT unnest($1::uuid[]) AS id, unnest($2::timestamptz[]) AS last_seen_at, unnest($3::bigint[]) AS skew,
                         unnest($4::bigint[]) AS seq, unnest($5::timestamptz[]) AS switch_at,
                         unnest($6::timestamptz[]) AS heard_at, unnest($7::text[]) AS connectivity,
                         unnest($8::timestamptz[]) AS connectivity_at, unnest($9::int[]) AS heartbeat,
                         unnest($10::boolean[]) AS suspect, unnest($11::bigint[]) AS probe_ms,
                         unnest($12::timestamptz[]) AS probe_ts, unnest($13::text[]) AS boot,
                         unnest($14::timestamptz[]) AS boot_at, unnest($15::bigint[]) AS gaps, unnest($16::text[]) AS switch,
                         unnest($17::timestamptz[]) AS sync_at) n
            WHERE s.device_id = n.id""";
    private static final String SAVE_REPORTS =
            """
            UPDATE device_state s SET
                state_version = n.version, desired_version = n.desired,
                reported = coalesce(n.reported::jsonb, s.reported), info = coalesce(n.info::jsonb, s.info)
            FROM (SELECT unnest($1::uuid[]) AS id, unnest($2::bigint[]) AS version, unnest($3::bigint[]) AS desired,
                         unnest($4::text[]) AS reported, unnest($5::text[]) AS info) n
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

    /** Writes those that changed. */
    Uni<Void> save(SqlConnection tx, Collection<DeviceState> states) {
        List<DeviceState> heard = states.stream()
                .filter(each -> each.isChanged() && !each.isTurned())
                .toList();
        List<DeviceState> turned = states.stream().filter(DeviceState::isTurned).toList();
        return saveHeard(tx, heard).chain(() -> saveAll(tx, turned)).chain(() -> saveReports(tx, states));
    }

    private static Uni<Void> saveHeard(SqlConnection tx, List<DeviceState> states) {
        return states.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(SAVE_HEARD)
                        .execute(Tuple.from(heardColumns(states)))
                        .replaceWithVoid();
    }

    private static Uni<Void> saveAll(SqlConnection tx, List<DeviceState> states) {
        if (states.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Object> columns = heardColumns(states);
        columns.add(column(states, String[]::new, each -> each.connectivity().name()));
        columns.add(times(states, DeviceState::connectivityAt));
        columns.add(column(states, Integer[]::new, DeviceState::heartbeatSeconds));
        columns.add(column(states, Boolean[]::new, each -> each.clock().suspect()));
        columns.add(column(states, Long[]::new, each -> each.clock().probeMillis()));
        columns.add(times(states, each -> each.clock().probeTs()));
        columns.add(column(states, String[]::new, DeviceState::boot));
        columns.add(times(states, DeviceState::bootAt));
        columns.add(column(states, Long[]::new, DeviceState::seqGaps));
        columns.add(column(states, String[]::new, each -> name(each.reportedSwitch())));
        columns.add(times(states, DeviceState::clockSyncAt));
        return tx.preparedQuery(SAVE).execute(Tuple.from(columns)).replaceWithVoid();
    }

    private static List<Object> heardColumns(List<DeviceState> states) {
        List<Object> columns = new ArrayList<>(17);
        columns.add(column(states, UUID[]::new, each -> each.device().id()));
        columns.add(times(states, DeviceState::lastSeenAt));
        columns.add(column(states, Long[]::new, each -> each.clock().skewMillis()));
        columns.add(column(states, Long[]::new, DeviceState::lastSeq));
        columns.add(times(states, DeviceState::switchReportedAt));
        columns.add(times(states, DeviceState::switchHeardAt));
        return columns;
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
