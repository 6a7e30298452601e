package cloud.wuye.payment.order;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is asked about orders and refunds. */
@ApplicationScoped
class OrderQueries {
    private final Db db;
    private final PaymentAttempts attempts;

    OrderQueries(Db db, PaymentAttempts attempts) {
        this.db = db;
        this.attempts = attempts;
    }

    Uni<Page<PaymentOrderView>> orders(PaymentOrderFilterInput by, Keyset order, PageInput page) {
        return db.readSql(connection -> passing(by, Select.of("select o.* from payment_order o"))
                .page(connection, order, page, row -> PaymentOrderView.of(PaymentOrders.read(row))));
    }

    /** The orders, of the alias {@code o}, that pass the filter. */
    static Select passing(PaymentOrderFilterInput by, Select orders) {
        return orders.eq("o.order_no", by.orderNo())
                .eq("o.purpose", by.purpose())
                .eq("o.subject_id", by.subjectId())
                .startsWith("o.subject_name", by.subjectName())
                .in("o.state", by.states())
                .between("o.created_at", by.createdAt());
    }

    Uni<PaymentOrderView> order(UUID id) {
        return db.readSql(connection -> Select.of("select * from payment_order")
                .eq("id", id)
                .list(connection, "limit 1", row -> PaymentOrderView.of(PaymentOrders.read(row)))
                .map(found -> found.isEmpty() ? null : found.get(0)));
    }

    Uni<Page<RefundView>> refunds(RefundFilterInput by, Keyset order, PageInput page) {
        return db.readSql(connection -> Select.of("select * from payment_refund")
                .in("state", by.states())
                .eq("order_id", by.orderId())
                .between("created_at", by.createdAt())
                .page(connection, order, page, row -> RefundView.of(Refunds.read(row))));
    }

    /** The attempts of several orders, each order's first to last. */
    Uni<Map<UUID, List<PaymentAttemptView>>> attempts(List<UUID> orders) {
        return db.readSql(connection -> attempts.ofAll(connection, orders)).map(all -> {
            Map<UUID, List<PaymentAttemptView>> byOrder = new HashMap<>();
            all.forEach(attempt -> byOrder.computeIfAbsent(attempt.orderId, id -> new ArrayList<>())
                    .add(PaymentAttemptView.of(attempt)));
            return byOrder;
        });
    }
}
