package cloud.wuye.device.metering.credit;

import cloud.wuye.device.metering.account.CreditAuthority;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.device.metering.account.MeterAccounts;
import cloud.wuye.payment.order.OrderPurpose.Given;
import cloud.wuye.payment.order.PaidOrder;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Gives what a paid order bought for a meter that counts its own credit, for the purpose of such orders to delegate to. Nothing
 * is credited here: it is when the meter has said so ({@link WritePurchases}).
 */
@ApplicationScoped
public class CreditTheMeter {
    /** What meters show. */
    private static final int DECIMALS = 2;

    private static final int AMOUNT_DECIMALS = 6;

    private final MeterAccounts accounts;
    private final MeterPurchases purchases;
    private final Clock clock;

    CreditTheMeter(MeterAccounts accounts, MeterPurchases purchases, Clock clock) {
        this.accounts = accounts;
        this.purchases = purchases;
        this.clock = clock;
    }

    /**
     * What a price is made of.
     *
     * @param energy of a unit, in yuan
     * @param service of a unit, in yuan
     */
    public record Price(BigDecimal energy, BigDecimal service) {
        /** The part of a sum that is paid for the energy itself; the rest is for service. */
        BigDecimal energyOf(BigDecimal sum) {
            BigDecimal all = energy.add(service);
            return all.signum() == 0 ? sum : sum.multiply(energy).divide(all, AMOUNT_DECIMALS, RoundingMode.HALF_UP);
        }
    }

    /**
     * Begins to write what was bought, in the transaction in which the order is locked; again if it had failed. Safe to repeat:
     * what is on its way stays so, what is in the meter is given.
     *
     * @param order whose subject is the service point
     * @param quantity in kWh, two decimals, as the meter will show it
     */
    public Uni<Given> give(SqlConnection tx, PaidOrder order, BigDecimal quantity, Price price) {
        return accounts.byPoint(tx, order.tenantId(), order.subjectId())
                .flatMap(account -> takes(account, quantity)
                        ? purchases
                                .ofOrder(tx, order.id())
                                .flatMap(known -> known == null
                                        ? begin(tx, order, account, quantity, price)
                                        : goOn(tx, known, account))
                        : Uni.createFrom().item(Given.REFUSED));
    }

    /**
     * Refuses to take back what is in the meter: the meter alone knows what of it is left. It is cleared instead, and what was
     * left paid back.
     */
    public Uni<Void> takeBack(PaidOrder order) {
        return Uni.createFrom().failure(new Problem(ProblemCode.CREDIT_IN_METER, "orderId", order.orderNo()));
    }

    private static boolean takes(MeterAccount account, BigDecimal quantity) {
        return account != null
                && account.closedAt() == null
                && account.authority() == CreditAuthority.METER
                && account.commodity() == Commodity.ELECTRICITY
                && quantity.signum() > 0
                && quantity.stripTrailingZeros().scale() <= DECIMALS;
    }

    private Uni<Given> begin(
            SqlConnection tx, PaidOrder order, MeterAccount account, BigDecimal quantity, Price price) {
        MeterPurchase purchase = new MeterPurchase();
        purchase.id = Ids.next();
        purchase.tenantId = order.tenantId();
        purchase.pointId = account.pointId();
        purchase.deviceId = account.deviceId();
        purchase.kind = PurchaseKind.TOP_UP;
        purchase.orderId = order.id();
        purchase.reference = order.orderNo();
        purchase.quantity = quantity;
        BigDecimal paid = BigDecimal.valueOf(order.payableFen(), 2);
        purchase.energyAmount = price.energyOf(paid);
        purchase.serviceAmount = paid.subtract(purchase.energyAmount);
        purchase.createdAt = clock.now();
        purchase.lookAt = purchase.createdAt;
        purchase.bySubject = order.payer().subject();
        purchase.byName = order.payer().name();
        return purchases.add(tx, purchase).replaceWith(Given.UNDER_WAY);
    }

    private Uni<Given> goOn(SqlConnection tx, MeterPurchase known, MeterAccount account) {
        return switch (known.state) {
            case WRITTEN -> Uni.createFrom().item(Given.DONE);
            case FAILED -> {
                known.again(account.deviceId(), clock.now());
                yield purchases.save(tx, known).replaceWith(Given.UNDER_WAY);
            }
            default -> Uni.createFrom().item(Given.UNDER_WAY);
        };
    }
}
