package cloud.wuye.device.metering.billing;

import static cloud.wuye.ledger.AccountKind.BAD_DEBT;
import static cloud.wuye.ledger.AccountKind.CUSTOMER_CREDIT;
import static cloud.wuye.ledger.AccountKind.RECEIVABLE;
import static cloud.wuye.ledger.AccountKind.REVENUE_ELECTRICITY;
import static cloud.wuye.ledger.AccountKind.REVENUE_WATER;
import static cloud.wuye.ledger.AccountKind.ROUNDING;
import static cloud.wuye.ledger.AccountKind.SERVICE_FEE;

import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.Entry;
import cloud.wuye.ledger.Ledger;
import cloud.wuye.ledger.Source;
import cloud.wuye.platform.money.Money;
import cloud.wuye.tariff.Commodity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What bills post. */
@ApplicationScoped
class BillBooks {
    private static final String BILL = "meter-bill";
    private static final String PAYMENT = "meter-bill-payment";

    private final Ledger ledger;

    BillBooks(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The customer owes the total in fen; revenue is earned to the last decimal; the difference is rounding. */
    Uni<Void> issued(
            SqlConnection tx, MeterBill bill, BigDecimal energy, BigDecimal service, Money total, Instant usedUntil) {
        if (energy.signum() == 0 && service.signum() == 0) {
            return Uni.createFrom().voidItem();
        }
        boolean water = bill.commodity == Commodity.WATER;
        return ledger.post(
                        tx,
                        List.of(Entry.of(bill.tenantId, new Source(BILL, bill.id.toString(), "issued"))
                                .occurredAt(usedUntil)
                                .memo(bill.number)
                                .debit(receivable(bill), total)
                                .credit(Account.of(water ? REVENUE_WATER : REVENUE_ELECTRICITY), energy)
                                .credit(Account.of(SERVICE_FEE), service)
                                .credit(
                                        Account.of(ROUNDING),
                                        total.yuan().subtract(energy).subtract(service))
                                .build()))
                .replaceWithVoid();
    }

    /** An entry for what an order paid of a bill: from the credit that the money became to what was owed. */
    static Entry paid(MeterBill bill, UUID orderId, UUID creditOf, long fen, Instant at) {
        return Entry.of(bill.tenantId, new Source(PAYMENT, orderId + ":" + bill.id, "paid"))
                .occurredAt(at)
                .memo(bill.number)
                .debit(Account.of(CUSTOMER_CREDIT, creditOf), Money.ofFen(fen))
                .credit(receivable(bill), Money.ofFen(fen))
                .build();
    }

    /** An entry for a part of that taken back, after which so much of it stands. */
    static Entry takenBack(MeterBill bill, UUID orderId, UUID creditOf, long fen, long left, Instant at) {
        return Entry.of(bill.tenantId, new Source(PAYMENT, orderId + ":" + bill.id + ":" + left, "taken-back"))
                .occurredAt(at)
                .memo(bill.number)
                .debit(receivable(bill), Money.ofFen(fen))
                .credit(Account.of(CUSTOMER_CREDIT, creditOf), Money.ofFen(fen))
                .build();
    }

    /** What was owed is given up. */
    Uni<Void> writtenOff(SqlConnection tx, MeterBill bill, long fen, Instant at) {
        return post(
                tx,
                List.of(Entry.of(bill.tenantId, new Source(BILL, bill.id.toString(), "written-off"))
                        .occurredAt(at)
                        .memo(bill.number)
                        .debit(Account.of(BAD_DEBT), Money.ofFen(fen))
                        .credit(receivable(bill), Money.ofFen(fen))
                        .build()));
    }

    Uni<Void> post(SqlConnection tx, List<Entry> entries) {
        return ledger.post(tx, entries).replaceWithVoid();
    }

    private static Account receivable(MeterBill bill) {
        return Account.of(RECEIVABLE, bill.debtorId);
    }
}
