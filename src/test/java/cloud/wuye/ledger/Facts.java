package cloud.wuye.ledger;

import cloud.wuye.platform.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** Facts that tests post. */
final class Facts {
    static final Instant THEN = Instant.parse("2026-11-20T08:00:00Z");

    private Facts() {}

    /** A payment of this credit and 0.6 % on top. */
    static Entry paid(UUID tenant, UUID meter, String order, String credit) {
        Money bought = Money.ofYuan(credit);
        Money fee = bought.times(new BigDecimal("0.006"));
        return Entry.of(tenant, new Source("recharge-order", order, "paid"))
                .occurredAt(THEN)
                .memo("top-up, \"" + order + "\" {" + credit + "\\}")
                .debit(Account.of(AccountKind.PSP_CLEARING), bought.plus(fee))
                .credit(Account.of(AccountKind.CUSTOMER_CREDIT, meter), bought)
                .credit(Account.of(AccountKind.PAYMENT_FEE_INCOME), fee)
                .build();
    }

    /** What a stretch of use cost, and the quantity itself. */
    static Entry used(UUID tenant, UUID meter, String interval, String kwh) {
        BigDecimal quantity = new BigDecimal(kwh);
        BigDecimal price = quantity.multiply(new BigDecimal("0.55"));
        return Entry.of(tenant, new Source("interval", interval, "rated"))
                .occurredAt(THEN)
                .debit(Account.of(AccountKind.CUSTOMER_CREDIT, meter), price)
                .credit(Account.of(AccountKind.REVENUE_ELECTRICITY), price)
                .debit(Account.of(AccountKind.ENERGY_CREDIT, meter), quantity)
                .credit(Account.of(AccountKind.ENERGY_USED), quantity)
                .build();
    }
}
