package cloud.wuye.device.metering.topup;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Questions about top-ups that were ordered; each is one statement. */
@ApplicationScoped
class PaymentRecords {
    private final Db db;

    PaymentRecords(Db db) {
        this.db = db;
    }

    /** One page of the records that pass the filter. */
    Uni<Page<PaymentRecordView>> page(PaymentRecordFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> filter.narrow(Select.of(PaymentRecordView.SELECT))
                .page(connection, order, page, PaymentRecordView::of));
    }

    /** One record. */
    Uni<PaymentRecordView> one(UUID orderId) {
        return db.readSql(connection -> Select.of(PaymentRecordView.SELECT)
                .eq("t.order_id", orderId)
                .list(connection, "limit 1", PaymentRecordView::of)
                .map(found -> found.get(0)));
    }

    /** Sums over the newest of the records that pass the filter. */
    Uni<PaymentRecordTotalsView> totals(PaymentRecordFilterInput filter) {
        String newest =
                "order by t.created_at desc, t.order_id desc limit " + PaymentRecordTotalsView.MOST + ") newest";
        return db.readSql(connection -> filter.narrow(Select.of(PaymentRecordTotalsView.SELECT))
                .list(connection, newest, PaymentRecords::totals)
                .map(found -> found.get(0)));
    }

    /** As many as are added up at most may be all there are or not: said to be not. */
    private static PaymentRecordTotalsView totals(Row row) {
        return PaymentRecordTotalsView.of(row, row.getLong("records") < PaymentRecordTotalsView.MOST);
    }
}
