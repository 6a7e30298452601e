package cloud.wuye.device.metering.credit;

import static cloud.wuye.platform.db.Columns.instant;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Questions about credit in meters; each is one statement. */
@ApplicationScoped
class CreditQueries {
    private static final String SELECT = "select p.* from meter_purchase p";
    private static final String OF_ORDERS = SELECT + " where p.order_id = any($1)";
    private static final String CHECKS = "select o.* from meter_own_credit o";
    private static final String STANDINGS =
            """
            SELECT d.id AS device_id, r.credit, r.reported_at, r.last_number, coalesce(w.under_way, 0) AS under_way
            FROM unnest($1::uuid[]) AS d (id)
            LEFT JOIN meter_credit_report r ON r.device_id = d.id
            LEFT JOIN LATERAL (
              SELECT sum(p.quantity) AS under_way FROM meter_purchase p
              WHERE p.device_id = d.id AND p.state IN ('WAITING', 'WRITING', 'IN_DOUBT')) w ON true
            WHERE r.device_id IS NOT NULL OR w.under_way IS NOT NULL""";

    private final Db db;

    CreditQueries(Db db) {
        this.db = db;
    }

    Uni<Page<MeterPurchaseView>> purchases(MeterPurchaseFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> Select.of(SELECT)
                .eq("p.device_id", filter.deviceId())
                .eq("p.order_id", filter.orderId())
                .in("p.kind", filter.kinds())
                .in("p.state", filter.states())
                .between("p.created_at", filter.createdAt())
                .page(connection, order, page, MeterPurchaseView::of));
    }

    Uni<Page<MeterClearView>> clears(MeterClearRecordFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> passing(filter).page(connection, order, page, MeterClearView::of));
    }

    /** The clearings that pass the filter. */
    static Select passing(MeterClearRecordFilterInput filter) {
        return Select.of("select c.* from meter_clear_record c")
                .eq("c.device_id", filter.deviceId())
                .in("c.remainder", filter.remainders())
                .in("c.state", filter.states())
                .between("c.created_at", filter.createdAt());
    }

    Uni<Page<OwnCreditView>> checks(OwnCreditFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> Select.of(CHECKS)
                .eq("o.device_id", filter.deviceId())
                .in("o.state", filter.states())
                .between("o.reported_at", filter.reportedAt())
                .page(connection, order, page, OwnCreditView::of));
    }

    Uni<OwnCreditView> check(UUID point) {
        return db.readSql(connection -> connection
                .preparedQuery(CHECKS + " where o.point_id = $1")
                .execute(Tuple.of(point))
                .map(rows -> OwnCreditView.of(rows.iterator().next())));
    }

    /** By order; those of orders that bought nothing for a meter are missing. */
    Uni<Map<UUID, MeterPurchaseView>> ofOrders(Collection<UUID> orders) {
        return db.readSql(connection -> connection
                .preparedQuery(OF_ORDERS)
                .execute(Tuple.of(orders.stream().distinct().toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, MeterPurchaseView> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getUUID("order_id"), MeterPurchaseView.of(row)));
                    return found;
                }));
    }

    /** By meter; those that never spoke of credit of their own, and to which nothing is on its way, are missing. */
    Uni<Map<UUID, MeterCreditView>> ofMeters(Collection<UUID> meters) {
        return db.readSql(connection -> connection
                .preparedQuery(STANDINGS)
                .execute(Tuple.of(meters.stream().distinct().toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, MeterCreditView> found = new HashMap<>();
                    rows.forEach(row -> found.put(
                            row.getUUID("device_id"),
                            new MeterCreditView(
                                    row.getBigDecimal("credit"),
                                    instant(row, "reported_at"),
                                    row.getLong("last_number"),
                                    row.getBigDecimal("under_way"))));
                    return found;
                }));
    }
}
