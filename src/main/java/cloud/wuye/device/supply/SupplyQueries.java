package cloud.wuye.device.supply;

import cloud.wuye.device.inbox.ReportedSwitch;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is asked about switches. */
@ApplicationScoped
public class SupplyQueries {
    private static final String HOLDS =
            """
            SELECT device_id, reason, source, since, by_name, note FROM supply_hold
            WHERE device_id = ANY($1) AND released_at IS NULL ORDER BY device_id, since, id""";

    /** A device that nothing ever held has no row: it should be on since it was registered. */
    private static final String STATES =
            """
            SELECT d.id AS device_id, coalesce(w.desired, 'ON') AS desired, coalesce(w.desired_since, d.created_at) AS desired_since,
                   coalesce(w.acked, s.switch_reported) AS reported,
                   CASE WHEN w.acked IS NULL THEN s.switch_reported_at ELSE w.acked_at END AS reported_at,
                   CASE WHEN w.acked IS NULL THEN s.switch_reported IS NOT NULL
                     ELSE w.read_at IS NOT NULL OR w.acked IS NOT DISTINCT FROM s.switch_reported AND (%s) END AS confirmed,
                   coalesce(s.connectivity = 'ONLINE', false) AS online, coalesce(w.cut, false) AS cut
            FROM device d
            LEFT JOIN supply_switch w ON w.device_id = d.id
            LEFT JOIN device_state s ON s.device_id = d.id
            WHERE d.id = ANY($1) AND d.device_class IN ('emeter', 'wmeter')"""
                    .formatted(SwitchAnswers.LATER);

    private final Db db;

    SupplyQueries(Db db) {
        this.db = db;
    }

    /** How these devices of the caller's stand, by id; those without a switch are missing. */
    public Uni<Map<UUID, SupplyView>> of(Collection<UUID> devices) {
        return db.readSql(connection -> of(connection, devices));
    }

    Uni<Map<UUID, SupplyView>> of(SqlConnection connection, Collection<UUID> devices) {
        Tuple ids = Tuple.of(devices.toArray(UUID[]::new));
        Map<UUID, List<HoldView>> holds = new HashMap<>();
        return connection
                .preparedQuery(HOLDS)
                .execute(ids)
                .invoke(rows ->
                        rows.forEach(row -> holds.computeIfAbsent(row.getUUID("device_id"), id -> new ArrayList<>())
                                .add(HoldView.of(row))))
                .chain(() -> connection.preparedQuery(STATES).execute(ids))
                .map(rows -> {
                    Map<UUID, SupplyView> found = new HashMap<>();
                    rows.forEach(row -> {
                        UUID device = row.getUUID("device_id");
                        found.put(device, view(row, holds.getOrDefault(device, List.of())));
                    });
                    return found;
                });
    }

    Uni<Page<SwitchEventView>> events(SwitchEventFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> passing(filter, Select.of("select e.* from switch_event e"))
                .page(connection, order, page, SwitchEventView::of));
    }

    /** The entries, of the alias {@code e}, that pass the filter. */
    static Select passing(SwitchEventFilterInput filter, Select events) {
        return events.eq("e.device_id", filter.deviceId())
                .in("e.what", filter.what())
                .eq("e.reason", filter.reason())
                .between("e.at", filter.at());
    }

    private static SupplyView view(Row row, List<HoldView> holds) {
        SwitchState desired = SwitchState.valueOf(row.getString("desired"));
        String said = row.getString("reported");
        ReportedSwitch reported = said == null ? null : ReportedSwitch.valueOf(said);
        OffsetDateTime reportedAt = row.getOffsetDateTime("reported_at");
        return new SupplyView(
                row.getUUID("device_id"),
                desired,
                row.getOffsetDateTime("desired_since").toInstant(),
                reported,
                reportedAt == null ? null : reportedAt.toInstant(),
                row.getBoolean("confirmed"),
                holds,
                WhyOffView.of(desired, reported, row.getBoolean("online"), row.getBoolean("cut"), holds));
    }
}
