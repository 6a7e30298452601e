package cloud.wuye.payment.order;

import static cloud.wuye.ledger.AccountKind.CASH_DESK;
import static cloud.wuye.ledger.AccountKind.CUSTOMER_CREDIT;
import static cloud.wuye.ledger.AccountKind.PAYMENT_FEE_INCOME;
import static cloud.wuye.ledger.AccountKind.PSP_CLEARING;
import static cloud.wuye.ledger.AccountKind.REFUND_PAYABLE;
import static cloud.wuye.ledger.AccountKind.SUSPENSE;

import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.Entry;
import cloud.wuye.ledger.Ledger;
import cloud.wuye.ledger.Source;
import cloud.wuye.platform.money.Money;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What orders and refunds post. Paid money stands in exactly one of: the customer's credit (with the fee as income), suspense,
 * owed back, gone back.
 */
@ApplicationScoped
class OrderBooks {
    private static final String ATTEMPT = "payment-attempt";
    private static final String REFUND = "refund";

    private final Ledger ledger;
    private final Clock clock;

    OrderBooks(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The price becomes the subject's credit, the surcharge income. */
    Uni<Void> paid(SqlConnection tx, PaymentOrder order, PaymentAttempt attempt) {
        return post(
                tx,
                came(order.tenantId, attempt)
                        .credit(credit(order), Money.ofFen(order.payableFen))
                        .credit(Account.of(PAYMENT_FEE_INCOME), Money.ofFen(order.surchargeFen)));
    }

    /** Another amount than asked for: nobody's until a person has looked. */
    Uni<Void> mismatch(SqlConnection tx, PaymentOrder order, PaymentAttempt attempt) {
        return post(tx, came(order.tenantId, attempt).credit(Account.of(SUSPENSE), Money.ofFen(attempt.paidFen)));
    }

    /** Paid twice: owed back from this moment on. */
    Uni<Void> surplus(SqlConnection tx, PaymentOrder order, PaymentAttempt attempt) {
        return post(tx, came(order.tenantId, attempt).credit(Account.of(REFUND_PAYABLE), Money.ofFen(attempt.paidFen)));
    }

    /** Belongs to no order of ours. */
    Uni<Void> unmatched(SqlConnection tx, UUID tenantId, PaymentEvidence evidence) {
        Money money = Money.ofFen(evidence.fen());
        return post(
                tx,
                Entry.of(
                                tenantId,
                                new Source("unmatched-payment", evidence.by() + ":" + evidence.transactionId(), "came"))
                        .occurredAt(evidence.at())
                        .debit(till(evidence.by()), money)
                        .credit(Account.of(SUSPENSE), money));
    }

    /** What stood in suspense has paid an order: the price becomes the subject's credit, the surcharge income. */
    Uni<Void> assigned(SqlConnection tx, PaymentOrder order, SuspenseItem item, Instant at) {
        return post(
                tx,
                Entry.of(order.tenantId, new Source("suspense-item", item.id().toString(), "assigned"))
                        .occurredAt(at)
                        .memo(order.orderNo)
                        .debit(Account.of(SUSPENSE), Money.ofFen(item.fen()))
                        .credit(credit(order), Money.ofFen(order.payableFen))
                        .credit(Account.of(PAYMENT_FEE_INCOME), Money.ofFen(order.surchargeFen)));
    }

    /** A refund is promised: taken from the credit and the fee, or out of suspense. */
    Uni<Void> owed(SqlConnection tx, PaymentOrder order, Refund refund, boolean mismatch) {
        Entry.Builder entry =
                refund(refund, "owed", clock.now()).credit(Account.of(REFUND_PAYABLE), Money.ofFen(refund.fen));
        return post(
                tx,
                mismatch
                        ? entry.debit(Account.of(SUSPENSE), Money.ofFen(refund.fen))
                        : entry.debit(credit(order), Money.ofFen(refund.fen - refund.surchargeFen))
                                .debit(Account.of(PAYMENT_FEE_INCOME), Money.ofFen(refund.surchargeFen)));
    }

    /** A refund has gone back, out of the same till or, where a person paid it out, out of the cash desk. */
    Uni<Void> refunded(SqlConnection tx, Refund refund, boolean byHand) {
        Money money = Money.ofFen(refund.fen);
        return post(
                tx,
                refund(refund, "done", refund.succeededAt)
                        .debit(Account.of(REFUND_PAYABLE), money)
                        .credit(byHand ? Account.of(CASH_DESK) : till(refund.by), money));
    }

    private static Entry.Builder came(UUID tenantId, PaymentAttempt attempt) {
        return Entry.of(tenantId, new Source(ATTEMPT, attempt.id.toString(), "came"))
                .occurredAt(attempt.succeededAt)
                .memo(attempt.number)
                .debit(till(attempt.by), Money.ofFen(attempt.paidFen));
    }

    private static Entry.Builder refund(Refund refund, String kind, Instant at) {
        return Entry.of(refund.tenantId, new Source(REFUND, refund.id.toString(), kind))
                .occurredAt(at)
                .memo(refund.number);
    }

    private Uni<Void> post(SqlConnection tx, Entry.Builder entry) {
        return ledger.post(tx, List.of(entry.build())).replaceWithVoid();
    }

    private static Account credit(PaymentOrder order) {
        return Account.of(CUSTOMER_CREDIT, order.subjectId);
    }

    private static Account till(PayBy by) {
        return Account.of(by.byHand() ? CASH_DESK : PSP_CLEARING);
    }
}
