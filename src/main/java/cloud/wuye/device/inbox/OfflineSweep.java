package cloud.wuye.device.inbox;

import static cloud.wuye.platform.db.Columns.instant;

import cloud.wuye.device.contract.DeviceClass;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes devices off line that have been silent for two and a half heartbeats. Without a last will this is the only way to
 * know. It stands back while messages wait here: they may well be the missing heartbeats. And silence counts from the moment
 * somebody listened ({@link Listening}), so that an outage of the broker is not taken for one of every device.
 */
@ApplicationScoped
class OfflineSweep {
    /** Locked in the order all others use; a device that is being heard at this moment is skipped. */
    private static final String SWEEP =
            """
            WITH silent AS (
              SELECT s.device_id FROM device_state s JOIN device d ON d.id = s.device_id
              WHERE s.connectivity = 'ONLINE'
                AND greatest(s.last_seen_at, $2::timestamptz)
                    < $1::timestamptz - coalesce(s.heartbeat_seconds, d.heartbeat_seconds) * interval '2.5 seconds'
              ORDER BY s.device_id FOR NO KEY UPDATE OF s SKIP LOCKED)
            UPDATE device_state s SET connectivity = 'OFFLINE', connectivity_at = $1
            FROM silent, device d, tenant t
            WHERE s.device_id = silent.device_id AND d.id = s.device_id AND t.id = s.tenant_id
            RETURNING s.device_id, s.tenant_id, t.code, d.device_class, d.uid, d.gateway_id, s.switch_reported,
                      s.switch_reported_at, s.state_version""";

    private final Db db;
    private final Clock clock;
    private final DeviceInbox inbox;
    private final Listening listening;
    private final List<DeviceStateListener> listeners;
    private final DeviceNews news;

    OfflineSweep(
            Db db,
            Clock clock,
            DeviceInbox inbox,
            Listening listening,
            @All List<DeviceStateListener> listeners,
            DeviceNews news) {
        this.db = db;
        this.clock = clock;
        this.inbox = inbox;
        this.listening = listening;
        this.listeners = listeners;
        this.news = news;
    }

    /** Returns how many devices went off line. */
    Uni<Integer> sweep() {
        Optional<Instant> since = listening.since();
        if (since.isEmpty() || inbox.backlog() > 0) {
            return Uni.createFrom().item(0);
        }
        OffsetDateTime now = clock.now().atOffset(ZoneOffset.UTC);
        return db.acrossTenants("offline sweep", tx -> tx.preparedQuery(SWEEP)
                        .execute(Tuple.of(now, since.get().atOffset(ZoneOffset.UTC)))
                        .chain(rows -> tell(tx, rows)))
                .invoke(changes -> news.add(
                        DeviceNews.STATE,
                        changes.stream().map(StateChange::device).toList()))
                .map(List::size);
    }

    private Uni<List<StateChange>> tell(SqlConnection tx, RowSet<Row> rows) {
        List<StateChange> changes = new ArrayList<>(rows.size());
        rows.forEach(row -> changes.add(change(row)));
        Uni<Void> told = Uni.createFrom().voidItem();
        if (!changes.isEmpty()) {
            for (DeviceStateListener listener : listeners) {
                told = told.chain(() -> listener.changed(tx, changes));
            }
        }
        return told.replaceWith(changes);
    }

    private static StateChange change(Row row) {
        KnownDevice device = new KnownDevice(
                row.getUUID("device_id"),
                row.getUUID("tenant_id"),
                row.getString("code"),
                DeviceClass.of(row.getString("device_class")),
                row.getString("uid"),
                row.getUUID("gateway_id"));
        String reported = row.getString("switch_reported");
        return new StateChange(
                device,
                Connectivity.OFFLINE,
                false,
                true,
                reported == null ? null : ReportedSwitch.valueOf(reported),
                false,
                instant(row, "switch_reported_at"),
                row.getLong("state_version"),
                false,
                false);
    }
}
