package cloud.wuye.payment.reconciliation;

import static cloud.wuye.ledger.AccountKind.BANK;
import static cloud.wuye.ledger.AccountKind.CHANNEL_FEE_EXPENSE;
import static cloud.wuye.ledger.AccountKind.PSP_CLEARING;

import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.Entry;
import cloud.wuye.ledger.Ledger;
import cloud.wuye.ledger.Source;
import cloud.wuye.payment.FlowKind;
import cloud.wuye.platform.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** What a day's bills post: the fee that the channel kept, and what it paid out to the bank. Each once, however often. */
@ApplicationScoped
class ChannelBooks {
    private static final String FEE =
            "SELECT coalesce(sum(fee), 0) AS fee FROM bill_trade WHERE tenant_id = $1 AND channel = $2 AND day = $3";
    private static final String PAYOUTS =
            """
            SELECT at, flow_no, fen FROM bill_flow WHERE tenant_id = $1 AND channel = $2 AND day = $3 AND kind = $4 AND fen <> 0
            ORDER BY no""";
    private static final String KEEP =
            "UPDATE reconciliation_run SET fee_fen = $2, fee_entries = $3, paid_out_fen = $4 WHERE id = $1";

    private final Ledger ledger;

    ChannelBooks(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Posts what a locked run's bills say and the books do not hold yet. A bill published anew posts the difference. */
    Uni<Void> post(SqlConnection tx, ReconciliationRun run) {
        return fee(tx, run)
                .flatMap(fen -> payouts(tx, run).flatMap(payouts -> {
                    List<Entry> entries = new ArrayList<>();
                    payouts.forEach(row -> entries.add(payout(run, row)));
                    long more = fen - run.feeFen();
                    if (more != 0) {
                        entries.add(fee(run, more));
                    }
                    long paidOut = payouts.stream()
                            .mapToLong(row -> -row.getLong("fen"))
                            .sum();
                    return ledger.post(tx, entries).chain(() -> tx.preparedQuery(KEEP)
                            .execute(Tuple.of(run.id(), fen, run.feeEntries() + (more == 0 ? 0 : 1), paidOut)));
                }))
                .replaceWithVoid();
    }

    /** The bill writes the fee of each payment with all its decimals; what is kept is whole fen. */
    private static Uni<Long> fee(SqlConnection tx, ReconciliationRun run) {
        return tx.preparedQuery(FEE)
                .execute(Tuple.of(run.tenantId(), run.channel().name(), run.day()))
                .map(rows -> rows.iterator()
                        .next()
                        .get(BigDecimal.class, "fee")
                        .movePointRight(2)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact());
    }

    private static Uni<List<Row>> payouts(SqlConnection tx, ReconciliationRun run) {
        return tx.preparedQuery(PAYOUTS)
                .execute(Tuple.of(run.tenantId(), run.channel().name(), run.day(), FlowKind.PAYOUT.name()))
                .map(rows -> {
                    List<Row> all = new ArrayList<>();
                    rows.forEach(all::add);
                    return all;
                });
    }

    private static Entry fee(ReconciliationRun run, long fen) {
        String kind = run.feeEntries() == 0 ? "kept" : "kept-" + (run.feeEntries() + 1);
        Money money = Money.ofFen(fen);
        return Entry.of(run.tenantId(), new Source("channel-fee", run.channel() + ":" + run.day(), kind))
                .occurredAt(run.ends().minusSeconds(1))
                .debit(Account.of(CHANNEL_FEE_EXPENSE), money)
                .credit(Account.of(PSP_CLEARING), money)
                .build();
    }

    private static Entry payout(ReconciliationRun run, Row row) {
        Money money = Money.ofFen(-row.getLong("fen"));
        String flow = run.channel() + ":" + row.getString("flow_no");
        return Entry.of(run.tenantId(), new Source("channel-payout", flow, "paid"))
                .occurredAt(row.getOffsetDateTime("at").toInstant())
                .memo(row.getString("flow_no"))
                .debit(Account.of(BANK), money)
                .credit(Account.of(PSP_CLEARING), money)
                .build();
    }
}
