package cloud.wuye.payment.order;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An item of suspense with the order that holds it, both locked; and how its payment comes to stand with another order. */
@ApplicationScoped
class SuspenseMoney {
    private final SuspenseItems items;
    private final PaymentOrders orders;
    private final PaymentAttempts attempts;
    private final Clock clock;

    SuspenseMoney(SuspenseItems items, PaymentOrders orders, PaymentAttempts attempts, Clock clock) {
        this.items = items;
        this.orders = orders;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** An item and its order. */
    record Held(SuspenseItem item, PaymentOrder holder) {}

    /** The item, after its order; NOT_FOUND for none. */
    Uni<Held> locked(SqlConnection tx, UUID id) {
        return items.find(tx, id).flatMap(found -> {
            if (found == null) {
                throw new Problem(ProblemCode.NOT_FOUND, "id", id);
            }
            Uni<PaymentOrder> holder =
                    found.orderId() == null ? Uni.createFrom().nullItem() : orders.locked(tx, found.orderId());
            return holder.flatMap(order -> items.locked(tx, id).map(item -> {
                if (order == null ? item.orderId() != null : !order.id.equals(item.orderId())) {
                    // Somebody dealt with it between the two looks.
                    throw new Problem(ProblemCode.ILLEGAL_STATE, null, item.state());
                }
                return new Held(item, order);
            }));
        });
    }

    /** Lets the payment stand with a locked order: its attempt moves there, or is made. The books are the caller's. */
    Uni<PaymentAttempt> moveTo(SqlConnection tx, Held held, PaymentOrder target) {
        return attempts.of(tx, target.id)
                .flatMap(there -> held.holder == null
                        ? fresh(tx, held.item, target, there.size() + 1)
                        : moved(tx, held, target, there.size() + 1));
    }

    private Uni<PaymentAttempt> moved(SqlConnection tx, Held held, PaymentOrder target, int ordinal) {
        return attempts.of(tx, held.holder.id)
                .map(all -> all.stream()
                        .filter(attempt -> held.item.transactionId().equals(attempt.transactionId))
                        .findFirst()
                        .orElseThrow())
                .call(attempt -> attempts.move(tx, attempt.id, target.id, ordinal));
    }

    private Uni<PaymentAttempt> fresh(SqlConnection tx, SuspenseItem item, PaymentOrder target, int ordinal) {
        return attempts.orderOf(tx, item.by(), item.number()).flatMap(taken -> {
            // Two payments under one number: the second is known by its own number at the channel.
            String number = taken == null ? item.number() : item.transactionId();
            PaymentAttempt attempt = attempt(item, target, ordinal, number, clock.now());
            return attempts.add(tx, attempt).replaceWith(attempt);
        });
    }

    private static PaymentAttempt attempt(
            SuspenseItem item, PaymentOrder target, int ordinal, String number, Instant now) {
        PaymentAttempt attempt = new PaymentAttempt();
        attempt.id = Ids.next();
        attempt.tenantId = item.tenantId();
        attempt.orderId = target.id;
        attempt.ordinal = ordinal;
        attempt.by = item.by();
        attempt.number = number;
        attempt.dueFen = item.fen();
        attempt.createdAt = now;
        attempt.expiresAt = now;
        attempt.state = AttemptState.SUCCEEDED;
        attempt.transactionId = item.transactionId();
        attempt.paidFen = item.fen();
        attempt.succeededAt = item.paidAt();
        return attempt;
    }

    /** Whether any of these refunds waits for a decision. */
    static boolean undecided(List<Refund> refunds) {
        return refunds.stream().anyMatch(refund -> refund.state == RefundState.REQUESTED);
    }
}
