package cloud.wuye.device.metering.credit;

import static cloud.wuye.ledger.AccountKind.BAD_DEBT;
import static cloud.wuye.ledger.AccountKind.CASH_DESK;
import static cloud.wuye.ledger.AccountKind.CUSTOMER_CREDIT;
import static cloud.wuye.ledger.AccountKind.ENERGY_CREDIT;
import static cloud.wuye.ledger.AccountKind.ENERGY_SOLD;
import static cloud.wuye.ledger.AccountKind.ENERGY_USED;
import static cloud.wuye.ledger.AccountKind.RECEIVABLE;
import static cloud.wuye.ledger.AccountKind.REFUND_PAYABLE;
import static cloud.wuye.ledger.AccountKind.REVENUE_ELECTRICITY;
import static cloud.wuye.ledger.AccountKind.ROUNDING;
import static cloud.wuye.ledger.AccountKind.SERVICE_FEE;
import static cloud.wuye.ledger.AccountKind.WATER_CREDIT;
import static cloud.wuye.ledger.AccountKind.WATER_SOLD;

import cloud.wuye.device.metering.account.Balance;
import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.Entry;
import cloud.wuye.ledger.Ledger;
import cloud.wuye.ledger.Source;
import cloud.wuye.platform.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is posted when credit is cleared. Each tells the entry, or null where there was nothing to post. */
@ApplicationScoped
class ClearBooks {
    private final Ledger ledger;

    ClearBooks(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The fact that a clearing was done. */
    static Source source(UUID clearing) {
        return new Source("meter-clear", clearing.toString(), "cleared");
    }

    /**
     * Credit that the service counted: its money is owed back as far as it makes whole fen, or given up. Arrears are given up.
     *
     * @param held before it was cleared
     * @param worth of the credit, in yuan
     */
    Uni<UUID> counted(
            SqlConnection tx,
            UUID clearing,
            Balance held,
            BigDecimal worth,
            long refundFen,
            boolean water,
            Instant at) {
        BigDecimal quantity = held.inQuantity() ? held.credit().setScale(4) : BigDecimal.ZERO;
        if (worth.signum() == 0 && quantity.signum() == 0) {
            return Uni.createFrom().nullItem();
        }
        BigDecimal refund = BigDecimal.valueOf(refundFen, 2);
        BigDecimal rest = worth.subtract(refund);
        boolean paidBack = refundFen > 0;
        return post(
                tx,
                Entry.of(held.tenantId(), source(clearing))
                        .occurredAt(at)
                        .debit(Account.of(CUSTOMER_CREDIT, held.pointId()), worth)
                        .credit(Account.of(REFUND_PAYABLE), refund)
                        .credit(Account.of(paidBack ? ROUNDING : BAD_DEBT), rest)
                        .debit(Account.of(water ? WATER_CREDIT : ENERGY_CREDIT, held.pointId()), quantity)
                        .credit(Account.of(water ? WATER_SOLD : ENERGY_SOLD), quantity)
                        .build());
    }

    /**
     * Credit that the meter counted: what it had left was sold and is taken back, the rest of what it was sold, and is not in the
     * books as used, has been used. What is owed back had been earned.
     *
     * @param held before it was cleared
     * @param said what was left by the meter's word
     */
    Uni<UUID> inMeter(
            SqlConnection tx,
            UUID clearing,
            Balance held,
            MeterPurchase purchase,
            BigDecimal said,
            Bought.Share refund) {
        BigDecimal sold = held.credit().setScale(4);
        BigDecimal left = said.min(sold).max(BigDecimal.ZERO);
        if (sold.signum() == 0 && left.signum() == 0 && refund.fen() == 0) {
            return Uni.createFrom().nullItem();
        }
        return post(
                tx,
                Entry.of(held.tenantId(), source(clearing))
                        .occurredAt(purchase.writtenAt)
                        .memo(purchase.reference)
                        .debit(Account.of(REVENUE_ELECTRICITY), refund.yuan().subtract(refund.service()))
                        .debit(Account.of(SERVICE_FEE), refund.service())
                        .credit(Account.of(REFUND_PAYABLE), refund.yuan())
                        .debit(Account.of(ENERGY_CREDIT, held.pointId()), sold)
                        .credit(Account.of(ENERGY_SOLD), left)
                        .credit(Account.of(ENERGY_USED), sold.subtract(left))
                        .build());
    }

    /** What a bill carried to no other: it stood with the customer's debts, and is owed back. */
    Uni<UUID> carried(
            SqlConnection tx, UUID tenantId, UUID clearing, UUID debtor, long fen, String billNumber, Instant at) {
        return post(
                tx,
                Entry.of(tenantId, source(clearing))
                        .occurredAt(at)
                        .memo(billNumber)
                        .debit(Account.of(RECEIVABLE, debtor), Money.ofFen(fen))
                        .credit(Account.of(REFUND_PAYABLE), Money.ofFen(fen))
                        .build());
    }

    /** A person has paid out what was owed. */
    Uni<UUID> paidOut(SqlConnection tx, UUID tenantId, UUID clearing, long fen, String receiptNo, Instant at) {
        return post(
                tx,
                Entry.of(tenantId, new Source("meter-clear", clearing.toString(), "paid-out"))
                        .occurredAt(at)
                        .memo(receiptNo)
                        .debit(Account.of(REFUND_PAYABLE), Money.ofFen(fen))
                        .credit(Account.of(CASH_DESK), Money.ofFen(fen))
                        .build());
    }

    private Uni<UUID> post(SqlConnection tx, Entry entry) {
        return ledger.post(tx, List.of(entry)).map(posted -> posted.get(0).entryId());
    }
}
