package cloud.wuye.payment.order;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.outbox.Outbox;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Writes down that money is owed back, under the order's lock, and sends it on its way with the commit. */
@ApplicationScoped
class OweBack {
    private final PaymentOrders orders;
    private final PaymentAttempts attempts;
    private final Refunds refunds;
    private final SuspenseItems suspense;
    private final OrderBooks books;
    private final Outbox outbox;
    private final Clock clock;

    OweBack(
            PaymentOrders orders,
            PaymentAttempts attempts,
            Refunds refunds,
            SuspenseItems suspense,
            OrderBooks books,
            Outbox outbox,
            Clock clock) {
        this.orders = orders;
        this.attempts = attempts;
        this.refunds = refunds;
        this.suspense = suspense;
        this.books = books;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Money that came for an order that had been paid otherwise. The books hold it as owed already. */
    Uni<Void> surplus(SqlConnection tx, PaymentOrder order, PaymentAttempt attempt) {
        Refund refund = draft(order, attempt, Caller.system(order.tenantId), RefundCause.SURPLUS);
        refund.fen = attempt.paidFen;
        refund.reason = "paid twice";
        approve(refund, Caller.system(order.tenantId));
        return refunds.add(tx, order, refund).flatMap(added -> added ? send(tx, refund) : nothing());
    }

    /**
     * All that was paid for an order that could not be given, and never will be. What somebody has asked back of it, and nobody has
     * decided on, is part of that: the request is closed, for it would keep the rest here.
     */
    Uni<Void> notCredited(SqlConnection tx, PaymentOrder order) {
        return closeRequests(tx, order).chain(() -> paidAttempt(tx, order)).flatMap(attempt -> refunds.of(tx, order.id)
                .flatMap(all -> {
                    Refund refund = draft(order, attempt, Caller.system(order.tenantId), RefundCause.NOT_CREDITED);
                    Returnable whole = Returnable.of(order, all);
                    refund.fen = order.refundableFen();
                    refund.surchargeFen = whole.surchargeWith(whole.leftFen());
                    refund.reason = order.why;
                    approve(refund, Caller.system(order.tenantId));
                    return refunds.add(tx, order, refund).flatMap(added -> added ? owe(tx, order, refund) : nothing());
                }));
    }

    private Uni<Void> closeRequests(SqlConnection tx, PaymentOrder order) {
        Caller system = Caller.system(order.tenantId);
        return refunds.of(tx, order.id).flatMap(all -> Multi.createFrom()
                .iterable(all)
                .filter(refund -> refund.state == RefundState.REQUESTED)
                .invoke(refund -> refund.reject(
                        system.subject(), system.name(), clock.now(), "all of it goes back: " + order.why))
                .onItem()
                .transformToUniAndConcatenate(refund -> refunds.save(tx, refund))
                .onItem()
                .ignoreAsUni());
    }

    /** A refund that was approved: the order's state, the books, and on its way. */
    Uni<Void> owe(SqlConnection tx, PaymentOrder order, Refund refund) {
        boolean mismatch = order.state == OrderState.AMOUNT_MISMATCH;
        order.refunding(refund.fen);
        return orders.save(tx, order)
                .chain(() -> mismatch ? suspense.refunding(tx, order.id) : nothing())
                .chain(() -> books.owed(tx, order, refund, mismatch))
                .chain(() -> send(tx, refund));
    }

    /** Puts a refund on its way; again after the channel had refused it. Cash is paid out by a person instead. */
    Uni<Void> send(SqlConnection tx, Refund refund) {
        return refund.by.byHand()
                ? nothing()
                : outbox.put(
                        tx,
                        refund.tenantId,
                        SendRefund.KIND,
                        refund.id.toString(),
                        refund.id + ":" + refund.asked,
                        Map.of("refund", refund.id));
    }

    /** The attempt that paid an order. */
    Uni<PaymentAttempt> paidAttempt(SqlConnection tx, PaymentOrder order) {
        return attempts.of(tx, order.id).map(OweBack::paying);
    }

    private static PaymentAttempt paying(List<PaymentAttempt> all) {
        return all.stream()
                .filter(attempt -> attempt.state == AttemptState.SUCCEEDED && !attempt.surplus)
                .findFirst()
                .orElseThrow();
    }

    /** A refund nobody has decided on. */
    Refund draft(PaymentOrder order, PaymentAttempt attempt, Caller by, RefundCause cause) {
        Refund refund = new Refund();
        refund.id = Ids.next();
        refund.tenantId = order.tenantId;
        refund.orderId = order.id;
        refund.attemptId = attempt.id;
        refund.by = attempt.by;
        refund.cause = cause;
        refund.state = RefundState.REQUESTED;
        refund.requestedBy = by.subject();
        refund.requestedByName = by.name();
        refund.createdAt = clock.now();
        return refund;
    }

    private void approve(Refund refund, Caller by) {
        refund.approve(by.subject(), by.name(), clock.now());
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
