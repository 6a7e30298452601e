package cloud.wuye.device.metering.topup;

import cloud.wuye.device.metering.account.AccountLife;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.payment.order.OrdersUnderWay;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * An account does not become one of another kind while an order for it is paid and not given: what was bought was meant for what it
 * is now. What is paid later, or for an account that is closed, goes back ({@link GiveTopUp}).
 */
@ApplicationScoped
class PaidForMeters implements AccountLife {
    private final OrdersUnderWay orders;
    private final Clock clock;

    PaidForMeters(OrdersUnderWay orders, Clock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    @Override
    public Uni<Void> changing(SqlConnection tx, MeterAccount account) {
        return orders.of(tx, List.of(account.tenantId()), List.of(account.pointId()), clock.now())
                .invoke(found -> {
                    OrdersUnderWay.Of paying = found.get(account.pointId());
                    if (paying != null && paying.paidFen() > 0) {
                        throw new Problem(ProblemCode.ORDER_NOT_GIVEN, "deviceId", paying.paidFen());
                    }
                })
                .replaceWithVoid();
    }
}
