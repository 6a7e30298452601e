package cloud.wuye.payment.order;

import cloud.wuye.payment.ChannelNotice;
import cloud.wuye.payment.ChannelOutcome;
import cloud.wuye.payment.ChannelRefund;
import cloud.wuye.payment.RefundRequest;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.json.Json;
import cloud.wuye.platform.outbox.OutboxHandler;
import cloud.wuye.platform.outbox.OutboxMessage;
import cloud.wuye.platform.time.Clock;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Asks the channel to pay back, and later how it went. The refund's number makes a repetition harmless, so whoever is in doubt
 * asks again: after a restart, after a time-out, after a lost answer.
 */
@ApplicationScoped
class SendRefund implements OutboxHandler {
    static final String KIND = "payment.refund";

    private final Db db;
    private final PaymentOrders orders;
    private final PaymentAttempts attempts;
    private final Refunds refunds;
    private final RefundOrder refundOrder;
    private final OweBack oweBack;
    private final Channels channels;
    private final Clock clock;
    private final Json json;

    SendRefund(
            Db db,
            PaymentOrders orders,
            PaymentAttempts attempts,
            Refunds refunds,
            RefundOrder refundOrder,
            OweBack oweBack,
            Channels channels,
            Clock clock,
            Json json) {
        this.db = db;
        this.orders = orders;
        this.attempts = attempts;
        this.refunds = refunds;
        this.refundOrder = refundOrder;
        this.oweBack = oweBack;
        this.channels = channels;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Void> deliver(OutboxMessage message) {
        UUID id = json.read(message.payload(), Owed.class).refund();
        return db.forTenantSql(message.tenantId(), tx -> ready(tx, id))
                .flatMap(ready -> ready == null
                        ? Uni.createFrom().voidItem()
                        : channels.of(ready.refund.by)
                                .refund(message.tenantId(), ready.request())
                                .flatMap(outcome -> keep(ready.refund, outcome)));
    }

    /** What is to be sent, or null when nothing is any more. */
    private Uni<Ready> ready(SqlConnection tx, UUID id) {
        return refunds.one(tx, id)
                .flatMap(refund -> !refund.state.owes() || refund.state == RefundState.FAILED
                        ? Uni.createFrom().nullItem()
                        : attempts.of(tx, refund.orderId)
                                .map(all -> new Ready(
                                        refund,
                                        all.stream()
                                                .filter(attempt -> attempt.id.equals(refund.attemptId))
                                                .findFirst()
                                                .orElseThrow())));
    }

    /** Asks how a refund stands; one that the channel has never heard of is sent again. */
    Uni<Void> ask(Refund refund) {
        return channels.of(refund.by)
                .queryRefund(refund.tenantId, refund.number)
                .flatMap(outcome -> {
                    boolean neverArrived = outcome instanceof ChannelOutcome.Refused<ChannelRefund> refused
                            && refused.code().equals(Channels.UNKNOWN_REFUND);
                    if (neverArrived) {
                        return db.forTenantSql(refund.tenantId, tx -> oweBack.send(tx, refund));
                    }
                    return outcome instanceof ChannelOutcome.Done<ChannelRefund>
                            ? keep(refund, outcome)
                            : Uni.createFrom().voidItem();
                });
    }

    private Uni<Void> keep(Refund sent, ChannelOutcome<ChannelRefund> outcome) {
        if (outcome instanceof ChannelOutcome.Refused<ChannelRefund> refused && refused.later()) {
            return Uni.createFrom().failure(new IllegalStateException("the channel says later: " + refused.code()));
        }
        return db.forTenantSql(sent.tenantId, tx -> orders.locked(tx, sent.orderId)
                .flatMap(order -> refunds.one(tx, sent.id).flatMap(refund -> {
                    if (outcome instanceof ChannelOutcome.Done<ChannelRefund> done) {
                        return apply(
                                tx,
                                order,
                                refund,
                                done.value().state(),
                                done.value().refundId());
                    }
                    if (outcome instanceof ChannelOutcome.Refused<ChannelRefund> refused) {
                        return refundOrder.failed(tx, order, refund, refused.code() + ": " + refused.message());
                    }
                    ChannelOutcome.Unknown<ChannelRefund> unknown = (ChannelOutcome.Unknown<ChannelRefund>) outcome;
                    return refund.unknown(clock.now(), unknown.doubt() + ": " + unknown.detail())
                            ? refunds.save(tx, refund)
                            : Uni.createFrom().voidItem();
                })));
    }

    /** What a notice says of a refund; one that is none of ours is only kept. */
    Uni<Void> told(SqlConnection tx, ChannelNotice notice) {
        return refunds.byNumber(tx, PayBy.through(notice.channel()), notice.outRefundNo())
                .flatMap(found -> found == null
                        ? Uni.createFrom().voidItem()
                        : orders.locked(tx, found.orderId).flatMap(order -> refunds.one(tx, found.id)
                                .flatMap(refund -> apply(tx, order, refund, notice.refundState(), notice.refundId()))));
    }

    private Uni<Void> apply(
            SqlConnection tx,
            PaymentOrder order,
            Refund refund,
            cloud.wuye.payment.RefundState state,
            String channelNumber) {
        return switch (state) {
            case SUCCESS -> refundOrder.succeeded(tx, order, refund, channelNumber, false);
            case PROCESSING ->
                refund.sent(clock.now())
                        ? refunds.save(tx, refund)
                        : Uni.createFrom().voidItem();
            case CLOSED, ABNORMAL -> refundOrder.failed(tx, order, refund, "the channel says " + state);
        };
    }

    /** A refund and the attempt whose money it is. */
    private record Ready(Refund refund, PaymentAttempt attempt) {
        RefundRequest request() {
            return new RefundRequest(attempt.number, refund.number, refund.reason, refund.fen, attempt.paidFen);
        }
    }

    /** The outbox payload. */
    @RegisterForReflection
    record Owed(UUID refund) {}
}
