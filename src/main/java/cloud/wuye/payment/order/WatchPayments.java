package cloud.wuye.payment.order;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Use case: looks after what nobody tells us. Asks the channel about attempts and refunds of which no notice came, closes what
 * may not be paid any more, and closes orders whose time is over.
 */
@ApplicationScoped
public class WatchPayments {
    private static final Logger LOG = Logger.getLogger(WatchPayments.class);
    private static final int AT_ONCE = 8;
    private static final int BATCH = 200;

    private final Db db;
    private final PaymentOrders orders;
    private final PaymentAttempts attempts;
    private final Refunds refunds;
    private final AskChannel ask;
    private final CloseOrder close;
    private final SendRefund send;
    private final Clock clock;

    WatchPayments(
            Db db,
            PaymentOrders orders,
            PaymentAttempts attempts,
            Refunds refunds,
            AskChannel ask,
            CloseOrder close,
            SendRefund send,
            Clock clock) {
        this.db = db;
        this.orders = orders;
        this.attempts = attempts;
        this.refunds = refunds;
        this.ask = ask;
        this.close = close;
        this.send = send;
        this.clock = clock;
    }

    /** Everything that is due now; tells how much that was. */
    public Uni<Integer> sweep() {
        return Batches.untilDry(this::askAboutAttempts)
                .flatMap(asked -> Batches.untilDry(this::askAboutRefunds).map(more -> asked + more))
                .flatMap(asked -> Batches.untilDry(this::closeExpired).map(more -> asked + more));
    }

    private Uni<Integer> askAboutAttempts() {
        return db.acrossTenants("payments of which no notice came", this::dueAttempts)
                .flatMap(due -> each(due.keySet().stream().toList(), attempt -> {
                    PaymentOrder order = due.get(attempt);
                    boolean wanted =
                            order.state == OrderState.PENDING && clock.now().isBefore(order.expiresAt);
                    return wanted ? ask.ask(attempt) : ask.close(attempt);
                }));
    }

    /** Taken for this replica by putting them off before they are asked about. */
    private Uni<Map<PaymentAttempt, PaymentOrder>> dueAttempts(SqlConnection tx) {
        Instant now = clock.now();
        return attempts.toAsk(tx, now, BATCH).flatMap(due -> {
            due.forEach(attempt -> attempt.asking(now));
            return attempts.saveAsking(tx, due)
                    .chain(() -> orders.byIds(
                            tx, due.stream().map(attempt -> attempt.orderId).toList()))
                    .map(found -> due.stream()
                            .collect(Collectors.toMap(Function.identity(), attempt -> found.get(attempt.orderId))));
        });
    }

    private Uni<Integer> askAboutRefunds() {
        return db.acrossTenants("refunds of which no notice came", tx -> refunds.toAsk(tx, clock.now(), BATCH)
                        .call(due -> refunds.putOff(tx, due, clock.now().plus(Refund.ASK_AGAIN))))
                .flatMap(due -> each(due, send::ask));
    }

    private Uni<Integer> closeExpired() {
        return db.acrossTenants("orders whose time is over", tx -> orders.expired(tx, clock.now(), BATCH))
                .flatMap(due -> each(due, order -> db.forTenantSql(order.tenantId, tx -> close.finish(tx, order.id))));
    }

    /** One that fails does not stop the others, is due again later, and does not count. */
    private static <T> Uni<Integer> each(List<T> due, Function<T, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUni(item -> Uni.createFrom()
                        .deferred(() -> work.apply(item))
                        .replaceWith(1)
                        .onFailure()
                        .invoke(failure -> LOG.warnf(failure, "a payment could not be looked after; later again"))
                        .onFailure()
                        .recoverWithItem(0))
                .merge(AT_ONCE)
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }
}
