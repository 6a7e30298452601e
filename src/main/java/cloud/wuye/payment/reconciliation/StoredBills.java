package cloud.wuye.payment.reconciliation;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.payment.FundFlowRow;
import cloud.wuye.payment.TradeBillRow;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The channels' bills as they were fetched last, and all SQL that keeps them. */
@ApplicationScoped
class StoredBills {
    private static final int BATCH = 1_000;
    private static final String TRADE =
            """
            INSERT INTO bill_trade (tenant_id, channel, day, no, at, transaction_id, number, refund_number, refund_id, state,
              refund_state, currency, fen, refund_fen, fee, fee_rate)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)""";
    private static final String FLOW =
            """
            INSERT INTO bill_flow (tenant_id, channel, day, no, at, kind, business_no, flow_no, business, type, fen,
              balance_fen, remark, voucher_no)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)""";

    /** Puts a day's bills in the place of those that stand there. */
    Uni<Void> replace(SqlConnection tx, ReconciliationRun run, List<TradeBillRow> trades, List<FundFlowRow> flows) {
        return forget(tx, run, "bill_trade")
                .chain(() -> forget(tx, run, "bill_flow"))
                .chain(() -> insert(tx, TRADE, trades, (row, no) -> trade(run, row, no)))
                .chain(() -> insert(tx, FLOW, flows, (row, no) -> flow(run, row, no)));
    }

    private static Uni<Void> forget(SqlConnection tx, ReconciliationRun run, String table) {
        return tx.preparedQuery("DELETE FROM " + table + " WHERE tenant_id = $1 AND channel = $2 AND day = $3")
                .execute(Tuple.of(run.tenantId(), run.channel().name(), run.day()))
                .replaceWithVoid();
    }

    private static <T> Uni<Void> insert(
            SqlConnection tx, String sql, List<T> rows, BiFunction<T, Integer, Tuple> values) {
        List<Tuple> tuples = new ArrayList<>(rows.size());
        rows.forEach(row -> tuples.add(values.apply(row, tuples.size() + 1)));
        return Multi.createFrom()
                .iterable(tuples)
                .group()
                .intoLists()
                .of(BATCH)
                .onItem()
                .transformToUniAndConcatenate(batch -> tx.preparedQuery(sql).executeBatch(batch))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Tuple trade(ReconciliationRun run, TradeBillRow row, int no) {
        return Tuple.from(new Object[] {
            run.tenantId(),
            run.channel().name(),
            run.day(),
            no,
            utc(row.at()),
            row.transactionId(),
            row.outTradeNo(),
            row.outRefundNo(),
            row.refundId(),
            row.state(),
            row.refundState(),
            row.currency(),
            row.amountFen(),
            row.refundFen(),
            row.fee(),
            row.feeRate()
        });
    }

    private static Tuple flow(ReconciliationRun run, FundFlowRow row, int no) {
        return Tuple.from(new Object[] {
            run.tenantId(),
            run.channel().name(),
            run.day(),
            no,
            utc(row.at()),
            row.kind().name(),
            row.businessNo(),
            row.flowNo(),
            row.business(),
            row.type(),
            row.amountFen(),
            row.balanceFen(),
            row.remark(),
            row.voucherNo()
        });
    }
}
