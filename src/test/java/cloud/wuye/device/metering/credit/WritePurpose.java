package cloud.wuye.device.metering.credit;

import cloud.wuye.payment.order.OrderPurpose;
import cloud.wuye.payment.order.PaidOrder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Top-ups for meters that count their own credit, at 0.60 yuan for energy and 0.20 for service. */
@Singleton
class WritePurpose implements OrderPurpose {
    static final String NAME = "WRITE_TEST";
    static final CreditTheMeter.Price PRICE = new CreditTheMeter.Price(new BigDecimal("0.60"), new BigDecimal("0.20"));

    private final CreditTheMeter meter;

    WritePurpose(CreditTheMeter meter) {
        this.meter = meter;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Uni<Given> give(SqlConnection tx, PaidOrder order) {
        BigDecimal quantity = BigDecimal.valueOf(order.payableFen(), 2)
                .divide(PRICE.energy().add(PRICE.service()), 2, RoundingMode.DOWN);
        return meter.give(tx, order, quantity, PRICE);
    }

    @Override
    public Uni<Void> takeBack(SqlConnection tx, PaidOrder order, long fen) {
        return meter.takeBack(order);
    }
}
