package cloud.wuye.payment.order;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Use case: an order is not to be paid any more. Its time is ended first, which stops new attempts and lets the watch finish
 * what a crash interrupts; then the channel is asked to close what may still be paid; then the order is closed.
 */
@ApplicationScoped
public class CloseOrder {
    private final Db db;
    private final PaymentOrders orders;
    private final PaymentAttempts attempts;
    private final AskChannel ask;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    CloseOrder(
            Db db,
            PaymentOrders orders,
            PaymentAttempts attempts,
            AskChannel ask,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.orders = orders;
        this.attempts = attempts;
        this.ask = ask;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** Somebody closes it. What is paid already stays paid, and so does what turns out to be. */
    public Uni<Void> byHand(UUID orderId, String reason) {
        Caller caller = currentCaller.get();
        UUID tenant = caller.requireTenant();
        return db.writeSql(tx -> end(tx, caller, orderId, reason))
                .flatMap(open -> Multi.createFrom()
                        .iterable(open)
                        .onItem()
                        .transformToUniAndConcatenate(ask::close)
                        .collect()
                        .asList())
                .chain(() -> db.forTenantSql(tenant, tx -> finish(tx, orderId)));
    }

    private Uni<List<PaymentAttempt>> end(SqlConnection tx, Caller caller, UUID orderId, String reason) {
        Instant now = clock.now();
        return orders.locked(tx, orderId).flatMap(order -> {
            if (order == null) {
                throw new Problem(ProblemCode.NOT_FOUND, "orderId", orderId);
            }
            if (order.state != OrderState.PENDING || !now.isBefore(order.expiresAt)) {
                return Uni.createFrom().item(List.of());
            }
            return tx.preparedQuery("UPDATE payment_order SET expires_at = $2 WHERE id = $1")
                    .execute(Tuple.of(orderId, utc(now)))
                    .chain(() -> attempts.askNow(tx, orderId, now))
                    .chain(() -> audit.record(
                            tx,
                            caller,
                            "payment.close",
                            "PaymentOrder",
                            orderId,
                            Map.of("state", order.state),
                            Map.of("state", OrderState.CLOSED),
                            reason))
                    .chain(() -> attempts.of(tx, orderId))
                    .map(all ->
                            all.stream().filter(PaymentAttempt::isOpenAtChannel).toList());
        });
    }

    /** Closes the order if its time is over and nothing of it can be paid any more. Repeating it changes nothing. */
    Uni<Void> finish(SqlConnection tx, UUID orderId) {
        return orders.locked(tx, orderId)
                .flatMap(order -> attempts.of(tx, orderId).flatMap(all -> ask.closeIfOver(tx, order, all)));
    }
}
