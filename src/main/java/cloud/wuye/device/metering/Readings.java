package cloud.wuye.device.metering;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Questions about readings; each is one statement. */
@ApplicationScoped
class Readings {
    private static final String SELECT = "SELECT " + MeterReadingView.COLUMNS + " FROM meter_reading r";

    /**
     * The newest of one meter's counter up to an instant. The bound is a row, not three equations: PostgreSQL takes the columns of
     * those for independent, expects one reading of a meter, and reads and sorts them all instead of following the index backwards
     * for a few. Beyond the meter's first reading lie those of another, which the last line leaves out.
     */
    private static final String NEWEST_UP_TO = "SELECT * FROM (" + SELECT
            + " WHERE (r.device_id, r.register, r.read_at) <= (p.id, $2, %1$s) AND r.read_at <= %1$s%2$s"
            + " ORDER BY r.device_id DESC, r.register DESC, r.read_at DESC, r.event_id DESC LIMIT %3$s) n"
            + " WHERE n.device_id = p.id AND n.register = $2";

    /**
     * First among those of some days, so that not every month since the meter was fitted is looked into; for who has too few there,
     * among the rest as well.
     */
    private static final String NEWEST_OF_EACH = "SELECT e.* FROM unnest($1::uuid[]) p (id) CROSS JOIN LATERAL ("
            + "WITH recent AS MATERIALIZED (" + NEWEST_UP_TO.formatted("$5", " AND r.read_at > $4", "$3") + ")"
            + " SELECT * FROM recent UNION ALL "
            + NEWEST_UP_TO.formatted("$4", "", "$3 - (SELECT count(*) FROM recent)") + ") e";

    /** Nearly every meter has spoken within it, and it touches two months at most. */
    private static final Duration RECENT = Duration.ofDays(7);

    /** No reading is from beyond: a meter's clock that is ahead is not believed. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private static final String NEWEST_OF_COUNTERS =
            """
            SELECT n.*, d.kind FROM device d
            JOIN meter_state s ON s.tenant_id = d.tenant_id AND s.device_id = d.id
            CROSS JOIN LATERAL (
              SELECT r.device_id, r.register, r.event_id, r.value, r.read_at, r.received_at, r.quality, r.finding
              FROM meter_reading r
              WHERE r.tenant_id = s.tenant_id AND r.device_id = s.device_id AND r.register = s.register AND r.read_at = s.newest_at
              ORDER BY r.event_id DESC LIMIT 1) n
            WHERE d.id = ANY ($1)
            ORDER BY d.id, n.register""";

    private static final String PHOTO =
            "INSERT INTO reading_photo (tenant_id, device_id, event_id, reference) VALUES ($1, $2, $3, $4)";

    private static final Comparator<MeterReadingView> NEWEST_FIRST =
            Comparator.comparing(MeterReadingView::readAt).reversed();

    private final Db db;
    private final Clock clock;

    Readings(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** One page of the readings that pass the filter. */
    Uni<Page<MeterReadingView>> page(MeterReadingFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(
                connection -> passing(filter, Select.of(SELECT)).page(connection, order, page, MeterReadingView::of));
    }

    /** The readings, of the alias {@code r}, that pass the filter. */
    static Select passing(MeterReadingFilterInput filter, Select readings) {
        return readings.eq("r.device_id", filter.deviceId())
                .in("r.register", filter.registers())
                .between("r.read_at", filter.readAt())
                .in("r.quality", filter.qualities())
                .in("r.source", filter.origins());
    }

    /** For each meter the newest readings of one of its counters, newest first. */
    Uni<Map<UUID, List<MeterReadingView>>> newest(Collection<UUID> meters, MeterRegister register, int each) {
        UUID[] ids = meters.stream().distinct().toArray(UUID[]::new);
        OffsetDateTime now = clock.now().atOffset(ZoneOffset.UTC);
        return db.readSqlByKeptPlans(connection -> connection
                .preparedQuery(NEWEST_OF_EACH)
                .execute(Tuple.of(ids, register.name(), each, now.minus(RECENT), now.plus(AHEAD)))
                .map(rows -> {
                    Map<UUID, List<MeterReadingView>> found = new HashMap<>();
                    rows.forEach(row -> found.computeIfAbsent(row.getUUID("device_id"), id -> new ArrayList<>(each))
                            .add(MeterReadingView.of(row)));
                    // PostgreSQL puts those of the last days before the others, but does not promise it.
                    found.values().forEach(readings -> readings.sort(NEWEST_FIRST));
                    return found;
                }));
    }

    /** The newest reading of every counter of these meters. */
    Uni<List<ReadingUpdateView>> newestOfCounters(Collection<UUID> meters) {
        return db.readSql(connection -> connection
                .preparedQuery(NEWEST_OF_COUNTERS)
                .execute(Tuple.of(meters.toArray(UUID[]::new)))
                .map(rows -> {
                    List<ReadingUpdateView> found = new ArrayList<>(rows.size());
                    rows.forEach(row -> found.add(ReadingUpdateView.of(row)));
                    return found;
                }));
    }

    /** Keeps where the picture of a reading is, within the caller's transaction. */
    Uni<Void> keepPhoto(SqlClient tx, RegisterReading reading, String reference) {
        return tx.preparedQuery(PHOTO)
                .execute(Tuple.of(reading.tenantId(), reading.deviceId(), reading.eventId(), reference))
                .replaceWithVoid();
    }

    /** The readings of one message of a meter, within the caller's transaction. */
    Uni<List<MeterReadingView>> ofEvent(SqlClient tx, UUID meter, UUID event) {
        return tx.preparedQuery(SELECT + " WHERE r.device_id = $1 AND r.event_id = $2")
                .execute(Tuple.of(meter, event))
                .map(rows -> {
                    List<MeterReadingView> found = new ArrayList<>();
                    rows.forEach(row -> found.add(MeterReadingView.of(row)));
                    return found;
                });
    }
}
