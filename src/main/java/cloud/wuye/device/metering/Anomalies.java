package cloud.wuye.device.metering;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Questions about counters that are not believed; each is one statement. What begins and ends them stands in the store's. */
@ApplicationScoped
class Anomalies {
    private static final String SELECT = "SELECT " + MeterAnomalyView.COLUMNS + " FROM meter_anomaly a";
    private static final String OPEN =
            SELECT + " WHERE a.device_id = ANY ($1) AND a.ended_at IS NULL ORDER BY a.device_id, a.register";

    private final Db db;

    Anomalies(Db db) {
        this.db = db;
    }

    /** One page of the anomalies that pass the filter. */
    Uni<Page<MeterAnomalyView>> page(MeterAnomalyFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(
                connection -> passing(filter, Select.of(SELECT)).page(connection, order, page, MeterAnomalyView::of));
    }

    /** The anomalies, of the alias {@code a}, that pass the filter. */
    static Select passing(MeterAnomalyFilterInput filter, Select anomalies) {
        Select select = anomalies
                .eq("a.device_id", filter.deviceId())
                .in("a.finding", filter.findings())
                .between("a.found_at", filter.foundAt());
        return filter.open() == null ? select : select.where("a.ended_at IS " + (filter.open() ? "NULL" : "NOT NULL"));
    }

    /** For each meter the anomalies that last, by counter. */
    Uni<Map<UUID, List<MeterAnomalyView>>> open(Collection<UUID> meters) {
        return db.readSql(connection -> connection
                .preparedQuery(OPEN)
                .execute(Tuple.of(meters.stream().distinct().toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, List<MeterAnomalyView>> found = new HashMap<>();
                    for (Row row : rows) {
                        MeterAnomalyView anomaly = MeterAnomalyView.of(row);
                        found.computeIfAbsent(anomaly.deviceId(), id -> new ArrayList<>())
                                .add(anomaly);
                    }
                    return found;
                }));
    }
}
