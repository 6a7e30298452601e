package cloud.wuye.payment.order;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.money.Money;
import cloud.wuye.platform.outbox.Outbox;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Use case: money has come. Books it in the transaction that notes it, once however often the news comes, in whatever order,
 * and whatever became of the order meanwhile. What it buys is given afterwards ({@link CreditOrder}), so that no trouble
 * there can lose the payment.
 */
@ApplicationScoped
public class RecordPayment {
    private final Db db;
    private final PaymentOrders orders;
    private final PaymentAttempts attempts;
    private final SuspenseItems suspense;
    private final OweBack oweBack;
    private final OrderBooks books;
    private final Outbox outbox;
    private final Clock clock;

    RecordPayment(
            Db db,
            PaymentOrders orders,
            PaymentAttempts attempts,
            SuspenseItems suspense,
            OweBack oweBack,
            OrderBooks books,
            Outbox outbox,
            Clock clock) {
        this.db = db;
        this.orders = orders;
        this.attempts = attempts;
        this.suspense = suspense;
        this.oweBack = oweBack;
        this.books = books;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Records evidence for a company; safe to repeat. */
    public Uni<Recorded> record(UUID tenantId, PaymentEvidence evidence) {
        return db.forTenantSql(tenantId, tx -> record(tx, tenantId, evidence)).invoke(outbox::nudge);
    }

    /** The same in a transaction of the caller's, who nudges the outbox after the commit. */
    Uni<Recorded> record(SqlConnection tx, UUID tenantId, PaymentEvidence evidence) {
        return attempts.orderOf(tx, evidence.by(), evidence.number())
                .flatMap(orderId -> orderId == null
                        ? unmatched(tx, tenantId, evidence, "no order has the number " + evidence.number())
                        : orders.locked(tx, orderId).flatMap(order -> attempts.of(tx, orderId)
                                .flatMap(all -> settle(tx, order, named(all, evidence), evidence))));
    }

    private static PaymentAttempt named(List<PaymentAttempt> all, PaymentEvidence evidence) {
        return all.stream()
                .filter(attempt -> attempt.by == evidence.by() && attempt.number.equals(evidence.number()))
                .findFirst()
                .orElseThrow();
    }

    private Uni<Recorded> settle(
            SqlConnection tx, PaymentOrder order, PaymentAttempt attempt, PaymentEvidence evidence) {
        if (attempt.contradicts(evidence.transactionId())) {
            return unmatched(tx, order.tenantId, evidence, evidence.number() + " was paid by another transaction");
        }
        long fen = evidence.ofTheBooks() ? evidence.fen() : 0;
        if (!attempt.succeeded(evidence.transactionId(), fen, evidence.at())) {
            return Uni.createFrom().item(Recorded.KNOWN);
        }
        boolean pays = order.paid(fen, evidence.asAsked(), evidence.at());
        attempt.surplus = !pays;
        if (!evidence.ofTheBooks()) {
            return foreign(tx, order, attempt, evidence);
        }
        Uni<Void> kept = attempts.save(tx, attempt).chain(() -> orders.save(tx, order));
        if (!pays) {
            return kept.chain(() -> books.surplus(tx, order, attempt))
                    .chain(() -> oweBack.surplus(tx, order, attempt))
                    .replaceWith(Recorded.SURPLUS);
        }
        if (order.state == OrderState.AMOUNT_MISMATCH) {
            return kept.chain(() -> suspense.add(tx, order.tenantId, evidence, order.id, order.why))
                    .chain(() -> books.mismatch(tx, order, attempt))
                    .replaceWith(Recorded.MISMATCH);
        }
        // What else may still be paid for it is closed at the channel.
        return kept.chain(() -> attempts.askNow(tx, order.id, clock.now()))
                .chain(() -> books.paid(tx, order, attempt))
                .chain(() -> outbox.put(
                        tx,
                        order.tenantId,
                        CreditOrder.KIND,
                        order.id.toString(),
                        order.id.toString(),
                        Map.of("order", order.id)))
                .replaceWith(Recorded.PAID);
    }

    /** Nothing is posted, and nothing can go back from here: what came is on the list, and a person settles it with the channel. */
    private Uni<Recorded> foreign(
            SqlConnection tx, PaymentOrder order, PaymentAttempt attempt, PaymentEvidence evidence) {
        String why = evidence.currency() + " came for " + Money.CURRENCY;
        if (!attempt.surplus) {
            order.why = why;
        }
        return attempts.save(tx, attempt)
                .chain(() -> orders.save(tx, order))
                .chain(() -> suspense.add(tx, order.tenantId, evidence, order.id, why))
                .replaceWith(Recorded.MISMATCH);
    }

    private Uni<Recorded> unmatched(SqlConnection tx, UUID tenantId, PaymentEvidence evidence, String why) {
        return suspense.add(tx, tenantId, evidence, null, why).flatMap(added -> {
            if (!added) {
                return Uni.createFrom().item(Recorded.KNOWN);
            }
            return evidence.ofTheBooks()
                    ? books.unmatched(tx, tenantId, evidence).replaceWith(Recorded.UNMATCHED)
                    : Uni.createFrom().item(Recorded.UNMATCHED);
        });
    }
}
