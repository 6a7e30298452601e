package cloud.wuye.payment.order;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.outbox.Outbox;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Use case: staff take the money for an order themselves: the price, for no channel takes a fee of it. The receipt's number stands
 * for the money.
 */
@ApplicationScoped
class TakePayment {
    private final Db db;
    private final PaymentOrders orders;
    private final PaymentAttempts attempts;
    private final RecordPayment recordPayment;
    private final Outbox outbox;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    TakePayment(
            Db db,
            PaymentOrders orders,
            PaymentAttempts attempts,
            RecordPayment recordPayment,
            Outbox outbox,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.orders = orders;
        this.attempts = attempts;
        this.recordPayment = recordPayment;
        this.outbox = outbox;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    Uni<Void> take(UUID orderId, PayBy by, String receiptNo) {
        if (!by.byHand()) {
            throw new Problem(
                    ProblemCode.VALIDATION,
                    "by",
                    Detail.of("须为 {0} 或 {1}", "must be {0} or {1}", PayBy.CASH, PayBy.TRANSFER));
        }
        if (receiptNo.isBlank() || receiptNo.length() > 64) {
            throw new Problem(ProblemCode.VALIDATION, "receiptNo", Detail.characters(1, 64));
        }
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> orders.locked(tx, orderId).flatMap(order -> {
                    if (order == null) {
                        throw new Problem(ProblemCode.NOT_FOUND, "orderId", orderId);
                    }
                    return attempts.orderOf(tx, by, receiptNo.trim())
                            .flatMap(known -> known == null
                                    ? fresh(tx, caller, order, by, receiptNo.trim())
                                    : repeated(known, order));
                }))
                .invoke(outbox::nudge);
    }

    private static Uni<Void> repeated(UUID known, PaymentOrder order) {
        if (!known.equals(order.id)) {
            throw new Problem(ProblemCode.ALREADY_EXISTS, "receiptNo", Detail.of("收据", "receipt"));
        }
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> fresh(SqlConnection tx, Caller caller, PaymentOrder order, PayBy by, String receiptNo) {
        if (order.state != OrderState.PENDING) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, null, order.state);
        }
        Instant now = clock.now();
        order.takenByHand();
        PaymentEvidence evidence = new PaymentEvidence(by, receiptNo, receiptNo, order.dueFen(), "CNY", true, now);
        return orders.save(tx, order)
                .chain(() -> attempts.of(tx, order.id))
                .flatMap(all -> attempts.add(tx, attempt(order, by, receiptNo, all.size() + 1, now)))
                .chain(() -> recordPayment.record(tx, order.tenantId, evidence))
                .chain(() -> audit.record(
                        tx,
                        caller,
                        "payment.take",
                        "PaymentOrder",
                        order.id,
                        Map.of("state", OrderState.PENDING),
                        Map.of("state", OrderState.PAID, "by", by, "receiptNo", receiptNo, "fen", order.dueFen()),
                        null));
    }

    private static PaymentAttempt attempt(PaymentOrder order, PayBy by, String receiptNo, int ordinal, Instant now) {
        PaymentAttempt attempt = new PaymentAttempt();
        attempt.id = Ids.next();
        attempt.tenantId = order.tenantId;
        attempt.orderId = order.id;
        attempt.ordinal = ordinal;
        attempt.by = by;
        attempt.number = receiptNo;
        attempt.dueFen = order.dueFen();
        attempt.createdAt = now;
        attempt.expiresAt = now;
        return attempt;
    }
}
