package cloud.wuye.payment.order;

import cloud.wuye.payment.ChannelOutcome;
import cloud.wuye.payment.Prepaid;
import cloud.wuye.payment.PrepayMethod;
import cloud.wuye.payment.PrepayRequest;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Use case: the payer wants to pay an order now. Announces it to the channel and gives what the payer's client needs. The
 * attempt is written down first, so that a payment is ours whatever becomes of the answer; a repeated call announces the same
 * attempt again, which the channel takes for the same.
 */
@ApplicationScoped
public class PayOrder {
    private final Db db;
    private final PaymentOrders orders;
    private final PaymentAttempts attempts;
    private final Channels channels;
    private final AskChannel ask;
    private final Clock clock;

    PayOrder(Db db, PaymentOrders orders, PaymentAttempts attempts, Channels channels, AskChannel ask, Clock clock) {
        this.db = db;
        this.orders = orders;
        this.attempts = attempts;
        this.channels = channels;
        this.ask = ask;
        this.clock = clock;
    }

    /**
     * Through WeChat Pay; ILLEGAL_STATE when it is not to be paid any more, UNAVAILABLE when the channel is away.
     *
     * @param openId who pays, as {@link PayersWeChat} knows them; null with {@link PrepayMethod#QR}
     */
    public Uni<Prepaid> byWeChat(UUID tenantId, UUID orderId, PrepayMethod method, String openId) {
        return db.forTenantSql(tenantId, tx -> prepare(tx, orderId, new Way(PayBy.WECHAT, method, openId)))
                .flatMap(ready -> channels.of(ready.attempt.by)
                        .prepay(tenantId, ready.request())
                        .flatMap(outcome -> handOver(ready.attempt, outcome)));
    }

    /** Another way, or another person's WeChat, is another attempt: the channel takes a number for one thing only. */
    private record Way(PayBy by, PrepayMethod method, String openId) {
        boolean isOf(PaymentAttempt attempt) {
            return attempt.by == by && attempt.method == method && Objects.equals(attempt.payerChannel, openId);
        }
    }

    private Uni<Ready> prepare(SqlConnection tx, UUID orderId, Way way) {
        Instant now = clock.now();
        return orders.locked(tx, orderId).flatMap(order -> {
            if (order == null) {
                throw new Problem(ProblemCode.NOT_FOUND, "orderId", orderId);
            }
            if (order.state != OrderState.PENDING || !now.isBefore(order.expiresAt)) {
                throw new Problem(
                        ProblemCode.ILLEGAL_STATE,
                        null,
                        order.state == OrderState.PENDING ? OrderState.CLOSED : order.state);
            }
            return attempts.of(tx, orderId)
                    .flatMap(all -> attempt(tx, order, way, all, now).map(attempt -> new Ready(order, attempt)));
        });
    }

    private Uni<PaymentAttempt> attempt(
            SqlConnection tx, PaymentOrder order, Way way, List<PaymentAttempt> all, Instant now) {
        for (PaymentAttempt each : all) {
            if (each.isOpenAtChannel() && way.isOf(each)) {
                return Uni.createFrom().item(each);
            }
        }
        PaymentAttempt attempt = new PaymentAttempt();
        attempt.id = Ids.next();
        attempt.tenantId = order.tenantId;
        attempt.orderId = order.id;
        attempt.ordinal = all.size() + 1;
        attempt.by = way.by;
        attempt.method = way.method;
        attempt.payerChannel = way.openId;
        attempt.number = OrderNumbers.attempt(order.orderNo, attempt.ordinal);
        attempt.dueFen = order.dueFen();
        attempt.createdAt = now;
        attempt.expiresAt = order.expiresAt;
        attempt.asking(now);
        return attempts.add(tx, attempt).replaceWith(attempt);
    }

    private Uni<Prepaid> handOver(PaymentAttempt attempt, ChannelOutcome<Prepaid> outcome) {
        if (outcome instanceof ChannelOutcome.Done<Prepaid> done) {
            return Uni.createFrom().item(done.value());
        }
        if (outcome instanceof ChannelOutcome.Refused<Prepaid> refused) {
            Problem problem = new Problem(ProblemCode.PAYMENT_NOT_POSSIBLE, null, refused.message());
            return refused.code().equals(Channels.PAID_ALREADY)
                    ? ask.ask(attempt).chain(() -> Uni.createFrom()
                            .failure(new Problem(ProblemCode.ILLEGAL_STATE, null, OrderState.PAID)))
                    : Uni.createFrom().failure(problem);
        }
        return Uni.createFrom().failure(new Problem(ProblemCode.UNAVAILABLE));
    }

    /** An attempt that stands in the books and may be announced. */
    private record Ready(PaymentOrder order, PaymentAttempt attempt) {
        PrepayRequest request() {
            return new PrepayRequest(
                    attempt.method,
                    attempt.number,
                    order.subjectName,
                    attempt.dueFen,
                    attempt.expiresAt,
                    attempt.payerChannel);
        }
    }
}
