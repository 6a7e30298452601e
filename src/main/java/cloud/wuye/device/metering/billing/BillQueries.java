package cloud.wuye.device.metering.billing;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** What is asked about bills; each is one statement. */
@ApplicationScoped
class BillQueries {
    private static final String LINES = "SELECT * FROM meter_bill_line WHERE bill_id = ANY ($1) ORDER BY bill_id, no";
    private static final String EVENTS =
            "SELECT * FROM meter_bill_event WHERE bill_id = ANY ($1) ORDER BY bill_id, at, id";

    private final Db db;

    BillQueries(Db db) {
        this.db = db;
    }

    Uni<Page<MeterBillView>> bills(MeterBillFilterInput by, Keyset order, PageInput page) {
        return db.readSql(connection -> passing(by).page(connection, order, page, MeterBillView::of));
    }

    /** The bills that pass the filter. */
    static Select passing(MeterBillFilterInput by) {
        return Select.of(MeterBillView.SELECT)
                .startsWith("b.number", by.number())
                .eq("b.device_id", by.deviceId())
                .eq("b.point_id", by.pointId())
                .eq("b.customer_id", by.customerId())
                .eq("b.run_id", by.runId())
                .startsWith("d.serial_no", by.meterNo())
                .eq("b.commodity", by.commodity())
                .in("b.state", by.states())
                .eq("b.estimated", by.estimated())
                .between("b.issued_at", by.issuedAt())
                .between("b.cut_at", by.cutAt());
    }

    Uni<MeterBillView> bill(UUID id) {
        return db.readSql(connection -> Select.of(MeterBillView.SELECT)
                .eq("b.id", id)
                .list(connection, "limit 1", MeterBillView::of)
                .map(found -> found.isEmpty() ? null : found.get(0)));
    }

    Uni<Page<BillingRunView>> runs(BillingRunFilterInput by, Keyset order, PageInput page) {
        Select select = Select.of(BillingRunView.SELECT)
                .eq("r.commodity", by.commodity())
                .between("r.cut_at", by.cutAt());
        if (by.open() != null) {
            select.where("r.done_at is " + (by.open() ? "null" : "not null"));
        }
        return db.readSql(connection -> select.page(connection, order, page, BillingRunView::of));
    }

    Uni<BillingRunView> run(UUID id) {
        return db.readSql(connection -> Select.of(BillingRunView.SELECT)
                .eq("r.id", id)
                .list(connection, "limit 1", BillingRunView::of)
                .map(found -> found.isEmpty() ? null : found.get(0)));
    }

    Uni<List<List<MeterBillLineView>>> lines(List<UUID> bills) {
        return ofBills(LINES, bills, MeterBillLineView::of);
    }

    Uni<List<List<MeterBillEventView>>> events(List<UUID> bills) {
        return ofBills(EVENTS, bills, MeterBillEventView::of);
    }

    Uni<List<List<MyBillPaymentView>>> payments(List<UUID> bills) {
        return ofBills(MyBillPaymentView.OF_BILLS, bills, MyBillPaymentView::of);
    }

    private <T> Uni<List<List<T>>> ofBills(String sql, List<UUID> bills, Function<Row, T> show) {
        return db.readSql(connection -> connection
                .preparedQuery(sql)
                .execute(Tuple.of(bills.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, List<T>> byBill = new HashMap<>();
                    rows.forEach(row -> byBill.computeIfAbsent(row.getUUID("bill_id"), id -> new ArrayList<>())
                            .add(show.apply(row)));
                    return bills.stream()
                            .map(bill -> byBill.getOrDefault(bill, List.of()))
                            .toList();
                }));
    }
}
