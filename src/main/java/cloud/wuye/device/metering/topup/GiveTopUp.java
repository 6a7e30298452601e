package cloud.wuye.device.metering.topup;

import static cloud.wuye.ledger.AccountKind.ENERGY_CREDIT;
import static cloud.wuye.ledger.AccountKind.ENERGY_SOLD;
import static cloud.wuye.ledger.AccountKind.WATER_CREDIT;
import static cloud.wuye.ledger.AccountKind.WATER_SOLD;

import cloud.wuye.device.metering.account.CreditAuthority;
import cloud.wuye.device.metering.account.CreditMove;
import cloud.wuye.device.metering.account.CreditMoveKind;
import cloud.wuye.device.metering.account.CreditUnit;
import cloud.wuye.device.metering.account.Credits;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.device.metering.account.MeterAccounts;
import cloud.wuye.device.metering.credit.CreditTheMeter;
import cloud.wuye.device.metering.cutoff.JudgeCredit;
import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.Entry;
import cloud.wuye.ledger.Ledger;
import cloud.wuye.ledger.Source;
import cloud.wuye.payment.order.OrderPurpose;
import cloud.wuye.payment.order.PaidOrder;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.tariff.Commodity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * Credits what a paid order bought, and takes it back before its money is returned. Each order moves credit once, each refund
 * once. The money side of the books is payment's; credit held in kWh or m³ is booked here.
 */
@ApplicationScoped
public class GiveTopUp implements OrderPurpose {
    /** What orders of this purpose carry. */
    public static final String NAME = "METER_TOP_UP";

    private static final String SOURCE = "meter-topup";

    private final TopUps topUps;
    private final QuoteTopUp quotes;
    private final CreditTheMeter meter;
    private final MeterAccounts accounts;
    private final Credits credits;
    private final Ledger ledger;
    private final JudgeCredit judge;

    GiveTopUp(
            TopUps topUps,
            QuoteTopUp quotes,
            MeterAccounts accounts,
            Credits credits,
            CreditTheMeter meter,
            Ledger ledger,
            JudgeCredit judge) {
        this.topUps = topUps;
        this.quotes = quotes;
        this.meter = meter;
        this.accounts = accounts;
        this.credits = credits;
        this.ledger = ledger;
        this.judge = judge;
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Refused when the account it was bought for is closed, even if the point has another by now: that may be a neighbour's. The
     * balance is held first, so that whoever closes or clears the account meanwhile comes wholly before or wholly after.
     */
    @Override
    public Uni<Given> give(SqlConnection tx, PaidOrder order) {
        return topUps.byOrder(tx, order.tenantId(), order.id())
                .call(() -> accounts.held(tx, order.tenantId(), order.subjectId()))
                .flatMap(topUp -> accounts.byPoint(tx, order.tenantId(), order.subjectId())
                        .flatMap(account -> stillThere(account, topUp)
                                ? give(tx, order, topUp, account)
                                : Uni.createFrom().item(Given.REFUSED)));
    }

    private Uni<Given> give(SqlConnection tx, PaidOrder order, TopUp topUp, MeterAccount account) {
        return account.authority() == CreditAuthority.METER
                ? quotes.price(tx, account, topUp.createdAt())
                        .flatMap(price -> meter.give(tx, order, topUp.amount(), price))
                : credit(tx, order, topUp).replaceWith(Given.DONE);
    }

    private static boolean stillThere(MeterAccount account, TopUp topUp) {
        return account != null
                && account.closedAt() == null
                && account.unit() == topUp.unit()
                && !account.openedAt().isAfter(topUp.createdAt());
    }

    /** Supply that was cut for arrears comes back in the same transaction. */
    private Uni<Void> credit(SqlConnection tx, PaidOrder order, TopUp topUp) {
        Source source = new Source(SOURCE, order.id().toString(), "sold");
        return move(tx, order, CreditMoveKind.TOP_UP, topUp.amount(), order.payableFen(), source)
                .call(move -> topUps.credited(tx, topUp, move))
                .call(move -> sold(tx, topUp, source, move))
                .chain(() -> judge.look(tx, order.tenantId(), order.subjectId()));
    }

    @Override
    public Uni<Void> takeBack(SqlConnection tx, PaidOrder order, long fen) {
        return accounts.byPoint(tx, order.tenantId(), order.subjectId())
                .flatMap(account -> account.authority() == CreditAuthority.METER
                        ? meter.takeBack(order)
                        : takeBackCredit(tx, order, fen));
    }

    private Uni<Void> takeBackCredit(SqlConnection tx, PaidOrder order, long fen) {
        return topUps.byOrder(tx, order.tenantId(), order.id()).flatMap(topUp -> {
            // The order is locked: what was taken back before tells this refund from the ones before it.
            Source source = new Source(SOURCE, order.id() + ":" + topUp.takenBackFen(), "taken-back");
            BigDecimal amount = topUp.unit() == CreditUnit.MONEY
                    ? BigDecimal.valueOf(fen, 2)
                    : TopUpQuote.share(topUp.amount(), order.payableFen(), topUp.takenBackFen(), fen);
            return move(tx, order, CreditMoveKind.REFUND, amount.negate(), -fen, source)
                    .invoke(GiveTopUp::requireUnused)
                    .call(move -> topUps.takenBack(tx, topUp, fen))
                    .call(move -> sold(tx, topUp, source, move))
                    .replaceWithVoid();
        });
    }

    private static void requireUnused(CreditMove move) {
        if (move.after().signum() < 0) {
            throw new Problem(
                    ProblemCode.CREDIT_USED,
                    "amountFen",
                    move.before().stripTrailingZeros().toPlainString());
        }
    }

    private Uni<CreditMove> move(
            SqlConnection tx, PaidOrder order, CreditMoveKind kind, BigDecimal amount, long fen, Source source) {
        Caller payer = new Caller(
                order.tenantId(), order.payer().subject(), order.payer().name(), Set.of());
        return credits.move(
                tx,
                new Credits.Wanted(
                        order.tenantId(), order.subjectId(), kind, amount, fen, source, payer, order.orderNo()));
    }

    private Uni<Void> sold(SqlConnection tx, TopUp topUp, Source source, CreditMove move) {
        if (topUp.unit() == CreditUnit.MONEY) {
            return Uni.createFrom().voidItem();
        }
        boolean water = topUp.commodity() == Commodity.WATER;
        Entry entry = Entry.of(topUp.tenantId(), source)
                .occurredAt(move.at())
                .memo(move.kind().name())
                .debit(Account.of(water ? WATER_SOLD : ENERGY_SOLD), move.amount())
                .credit(Account.of(water ? WATER_CREDIT : ENERGY_CREDIT, topUp.pointId()), move.amount())
                .build();
        return ledger.post(tx, List.of(entry)).replaceWithVoid();
    }
}
