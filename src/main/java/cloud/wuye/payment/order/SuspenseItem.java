package cloud.wuye.payment.order;

import static cloud.wuye.platform.db.Columns.instant;

import cloud.wuye.platform.money.Money;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A payment whose money stands, or stood, in suspense.
 *
 * @param number our number for the attempt, as the channel gave it
 * @param fen in fen; of another currency, in its smallest unit
 * @param orderId the order that holds the payment: one for which another amount came, one made to pay it back, or the one that
 *     it was assigned to; null while no order does
 * @param settlement how it was settled, of another currency only; else null
 */
record SuspenseItem(
        UUID id,
        UUID tenantId,
        PayBy by,
        String transactionId,
        String number,
        long fen,
        String currency,
        Instant paidAt,
        Instant foundAt,
        String why,
        SuspenseState state,
        UUID orderId,
        String reason,
        String assignedBy,
        Instant assignedAt,
        ForeignSettlement settlement) {
    /** Refuses what no books of ours hold: it can pay for nothing, and nothing of it can go back from here. */
    void requireOfTheBooks() {
        if (!ofTheBooks()) {
            throw new Problem(ProblemCode.PAYMENT_NOT_POSSIBLE, "id", currency);
        }
    }

    boolean ofTheBooks() {
        return Money.CURRENCY.equals(currency);
    }

    static SuspenseItem of(Row row) {
        return new SuspenseItem(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                PayBy.valueOf(row.getString("pay_by")),
                row.getString("transaction_id"),
                row.getString("number"),
                row.getLong("fen"),
                row.getString("currency"),
                instant(row, "paid_at"),
                instant(row, "found_at"),
                row.getString("why"),
                SuspenseState.valueOf(row.getString("state")),
                row.getUUID("order_id"),
                row.getString("reason"),
                row.getString("assigned_by_name"),
                instant(row, "assigned_at"),
                row.getString("settlement") == null ? null : ForeignSettlement.valueOf(row.getString("settlement")));
    }
}
