package cloud.wuye.payment.order;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.json.Json;
import cloud.wuye.platform.outbox.OutboxHandler;
import cloud.wuye.platform.outbox.OutboxMessage;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.All;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Gives what a paid order buys. Written to the outbox with the payment, so it resumes after a restart and is tried again
 * until it is given or refused.
 */
@ApplicationScoped
class CreditOrder implements OutboxHandler {
    static final String KIND = "payment.credit";

    private final Db db;
    private final PaymentOrders orders;
    private final OweBack oweBack;
    private final List<OrderPurpose> purposes;
    private final Audit audit;
    private final Clock clock;
    private final Json json;

    CreditOrder(
            Db db,
            PaymentOrders orders,
            OweBack oweBack,
            @All List<OrderPurpose> purposes,
            Audit audit,
            Clock clock,
            Json json) {
        this.db = db;
        this.orders = orders;
        this.oweBack = oweBack;
        this.purposes = purposes;
        this.audit = audit;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Void> deliver(OutboxMessage message) {
        UUID order = json.read(message.payload(), Paid.class).order();
        return db.forTenantSql(message.tenantId(), tx -> orders.locked(tx, order)
                .flatMap(found -> found.state.awaitsCredit()
                        ? credit(tx, found)
                        : Uni.createFrom().voidItem()));
    }

    /** A person lets it be tried again, after it could not be given; it is tried at once. */
    Uni<Void> again(Caller caller, UUID orderId) {
        return db.writeSql(tx -> orders.locked(tx, orderId).flatMap(order -> {
            if (order == null) {
                throw new Problem(ProblemCode.NOT_FOUND, "orderId", orderId);
            }
            if (order.state != OrderState.CREDIT_FAILED) {
                throw new Problem(ProblemCode.ILLEGAL_STATE, null, order.state);
            }
            Map<String, Object> before = Map.of("state", order.state, "why", String.valueOf(order.why));
            return credit(tx, order)
                    .chain(() -> audit.record(
                            tx,
                            caller,
                            "payment.retryCredit",
                            "PaymentOrder",
                            orderId,
                            before,
                            Map.of("state", order.state),
                            null));
        }));
    }

    /** Gives what the locked order buys. */
    Uni<Void> credit(SqlConnection tx, PaymentOrder order) {
        boolean late = order.state == OrderState.PAID_LATE;
        OrderPurpose purpose = purposeOf(order);
        order.crediting();
        return orders.save(tx, order)
                .chain(() -> purpose.give(tx, PaidOrder.of(order, late)))
                .flatMap(given -> switch (given) {
                    case UNDER_WAY -> Uni.createFrom().voidItem();
                    case DONE -> {
                        order.credited(clock.now());
                        yield orders.save(tx, order);
                    }
                    case REFUSED -> {
                        order.creditFailed("refused by " + order.purpose);
                        yield orders.save(tx, order).chain(() -> oweBack.notCredited(tx, order));
                    }
                });
    }

    /** Who gives what this order buys. */
    OrderPurpose purposeOf(PaymentOrder order) {
        return purposes.stream()
                .filter(purpose -> purpose.name().equals(order.purpose))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody gives what " + order.purpose + " buys"));
    }

    /** The outbox payload. */
    @RegisterForReflection
    record Paid(UUID order) {}
}
