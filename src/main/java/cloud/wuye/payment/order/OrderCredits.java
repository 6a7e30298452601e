package cloud.wuye.payment.order;

import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Where a feature says how the giving ended that it had said was under way. Repeating it changes nothing. */
@ApplicationScoped
public class OrderCredits {
    private final PaymentOrders orders;
    private final Clock clock;

    OrderCredits(PaymentOrders orders, Clock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    /** It is given, in the caller's transaction. */
    public Uni<Void> done(SqlConnection tx, UUID orderId) {
        return orders.locked(tx, orderId).flatMap(order -> {
            if (order.state == OrderState.CREDITED) {
                return Uni.createFrom().voidItem();
            }
            order.credited(clock.now());
            return orders.save(tx, order);
        });
    }

    /** It could not be given, in the caller's transaction; a person tries again or pays back. */
    public Uni<Void> failed(SqlConnection tx, UUID orderId, String why) {
        return orders.locked(tx, orderId).flatMap(order -> {
            if (order.state == OrderState.CREDIT_FAILED) {
                return Uni.createFrom().voidItem();
            }
            order.creditFailed(why);
            return orders.save(tx, order);
        });
    }
}
