package cloud.wuye.payment.order;

import cloud.wuye.payment.ChannelOutcome;
import cloud.wuye.payment.ChannelPayment;
import cloud.wuye.payment.PaymentChannel;
import cloud.wuye.payment.PaymentState;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Asks the channel how an attempt stands, or to close it, and writes down what it says. Notices get lost; this does not. */
@ApplicationScoped
class AskChannel {
    private final Db db;
    private final Channels channels;
    private final PaymentOrders orders;
    private final PaymentAttempts attempts;
    private final RecordPayment recordPayment;
    private final Clock clock;

    AskChannel(
            Db db,
            Channels channels,
            PaymentOrders orders,
            PaymentAttempts attempts,
            RecordPayment recordPayment,
            Clock clock) {
        this.db = db;
        this.channels = channels;
        this.orders = orders;
        this.attempts = attempts;
        this.recordPayment = recordPayment;
        this.clock = clock;
    }

    /** Asks how it stands. Does nothing while nothing is known. */
    Uni<Void> ask(PaymentAttempt attempt) {
        return channels.of(attempt.by)
                .query(attempt.tenantId, attempt.number)
                .flatMap(outcome -> outcome instanceof ChannelOutcome.Done<ChannelPayment> done
                        ? told(attempt, done.value())
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> told(PaymentAttempt attempt, ChannelPayment payment) {
        if (payment.state() == PaymentState.CLOSED) {
            return closed(attempt);
        }
        return channels.evidence(attempt.tenantId, attempt.by, payment)
                .flatMap(evidence -> evidence == null
                        ? Uni.createFrom().voidItem()
                        : recordPayment.record(attempt.tenantId, evidence).replaceWithVoid());
    }

    /** Closes it at the channel. Where it turns out to be paid, that is recorded; where nothing is known, nothing changes. */
    Uni<Void> close(PaymentAttempt attempt) {
        return channels.of(attempt.by).close(attempt.tenantId, attempt.number).flatMap(outcome -> {
            if (outcome instanceof ChannelOutcome.Done<PaymentChannel.Closed>) {
                return closed(attempt);
            }
            if (outcome instanceof ChannelOutcome.Refused<PaymentChannel.Closed> refused) {
                return switch (refused.code()) {
                    case Channels.UNKNOWN_ORDER, Channels.CLOSED_ALREADY -> closed(attempt);
                    default -> ask(attempt);
                };
            }
            return Uni.createFrom().voidItem();
        });
    }

    /** Under the order's lock: it is closed at the channel; the order too, when its time is over and nothing else is open. */
    private Uni<Void> closed(PaymentAttempt attempt) {
        return db.forTenantSql(attempt.tenantId, tx -> orders.locked(tx, attempt.orderId)
                .flatMap(order -> attempts.of(tx, order.id).flatMap(all -> {
                    PaymentAttempt now = all.stream()
                            .filter(each -> each.id.equals(attempt.id))
                            .findFirst()
                            .orElseThrow();
                    now.closed();
                    return attempts.save(tx, now).chain(() -> closeIfOver(tx, order, all));
                })));
    }

    /** Closes a locked order if its time is over and nothing of it can be paid any more. Repeating it changes nothing. */
    Uni<Void> closeIfOver(SqlConnection tx, PaymentOrder order, List<PaymentAttempt> all) {
        Instant now = clock.now();
        if (order.state != OrderState.PENDING
                || now.isBefore(order.expiresAt)
                || all.stream().anyMatch(PaymentAttempt::isOpenAtChannel)) {
            return Uni.createFrom().voidItem();
        }
        order.close(now, "expired");
        return orders.save(tx, order);
    }
}
