package cloud.wuye.device.metering.credit;

import static cloud.wuye.ledger.AccountKind.CUSTOMER_CREDIT;
import static cloud.wuye.ledger.AccountKind.ENERGY_CREDIT;
import static cloud.wuye.ledger.AccountKind.ENERGY_SOLD;
import static cloud.wuye.ledger.AccountKind.REVENUE_ELECTRICITY;
import static cloud.wuye.ledger.AccountKind.SERVICE_FEE;

import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.Entry;
import cloud.wuye.ledger.Ledger;
import cloud.wuye.ledger.Source;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;

/** What is posted about credit in meters. */
@ApplicationScoped
class PurchaseBooks {
    private final Ledger ledger;

    PurchaseBooks(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The fact that a purchase is in the meter. */
    static Source source(MeterPurchase purchase) {
        return new Source("meter-purchase", purchase.id.toString(), "written");
    }

    /** What was paid for it. */
    static long paidFen(MeterPurchase purchase) {
        return purchase.energyAmount
                .add(purchase.serviceAmount)
                .movePointRight(2)
                .longValueExact();
    }

    /** Delivered: what was paid is earned, and the meter holds the quantity. */
    Uni<Void> sold(SqlConnection tx, MeterPurchase purchase) {
        BigDecimal paid = purchase.energyAmount.add(purchase.serviceAmount);
        return ledger.post(
                        tx,
                        List.of(Entry.of(purchase.tenantId, source(purchase))
                                .occurredAt(purchase.writtenAt)
                                .memo(purchase.reference)
                                .debit(Account.of(CUSTOMER_CREDIT, purchase.pointId), paid)
                                .credit(Account.of(REVENUE_ELECTRICITY), purchase.energyAmount)
                                .credit(Account.of(SERVICE_FEE), purchase.serviceAmount)
                                .debit(Account.of(ENERGY_SOLD), purchase.quantity)
                                .credit(Account.of(ENERGY_CREDIT, purchase.pointId), purchase.quantity)
                                .build()))
                .replaceWithVoid();
    }
}
