package cloud.wuye.payment.order;

import static cloud.wuye.platform.db.Columns.instant;
import static cloud.wuye.platform.db.Columns.utc;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The refunds and all SQL that changes them. The order's row is their lock. */
@ApplicationScoped
class Refunds {
    static final String SELECT = "SELECT r.* FROM payment_refund r WHERE ";
    private static final String INSERT =
            """
            INSERT INTO payment_refund (id, tenant_id, order_id, attempt_id, ordinal, pay_by, number, cause, fen, surcharge_fen,
              reason, state, requested_by, requested_by_name, decided_by, decided_by_name, created_at, decided_at)
            SELECT $1, $2, $3, $4, n.ordinal, $5, $6 || n.ordinal, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
            FROM (SELECT coalesce(max(ordinal), 0) + 1 AS ordinal FROM payment_refund WHERE tenant_id = $2 AND order_id = $3) n
            ON CONFLICT DO NOTHING
            RETURNING ordinal, number""";
    private static final String UPDATE =
            """
            UPDATE payment_refund SET state = $3, decided_by = $4, decided_by_name = $5, decided_at = $6, succeeded_at = $7,
              receipt = $8, why = $9, ask_at = $10, asked = $11, by_hand = $12
            WHERE tenant_id = $1 AND id = $2""";

    /** Adds a refund under the order's lock; false when the order has an open one, or its surplus goes back already. */
    Uni<Boolean> add(SqlConnection tx, PaymentOrder order, Refund r) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    r.id,
                    r.tenantId,
                    r.orderId,
                    r.attemptId,
                    r.by.name(),
                    OrderNumbers.refunds(order.orderNo),
                    r.cause.name(),
                    r.fen,
                    r.surchargeFen,
                    r.reason,
                    r.state.name(),
                    r.requestedBy,
                    r.requestedByName,
                    r.decidedBy,
                    r.decidedByName,
                    utc(r.createdAt),
                    utc(r.decidedAt)
                }))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return false;
                    }
                    r.ordinal = rows.iterator().next().getInteger("ordinal");
                    r.number = rows.iterator().next().getString("number");
                    return true;
                });
    }

    /** Keeps what changed in a refund whose order is locked. */
    Uni<Void> save(SqlConnection tx, Refund r) {
        return tx.preparedQuery(UPDATE)
                .execute(Tuple.from(new Object[] {
                    r.tenantId,
                    r.id,
                    r.state.name(),
                    r.decidedBy,
                    r.decidedByName,
                    utc(r.decidedAt),
                    utc(r.succeededAt),
                    r.receipt,
                    r.why,
                    utc(r.askAt),
                    r.asked,
                    r.byHand
                }))
                .replaceWithVoid();
    }

    /** All refunds of an order whose row is locked. */
    Uni<List<Refund>> of(SqlConnection tx, UUID orderId) {
        return list(tx, SELECT + "r.order_id = $1 ORDER BY r.ordinal", Tuple.of(orderId));
    }

    /** Which order a refund belongs to, or null. */
    Uni<UUID> orderOf(SqlConnection tx, UUID refundId) {
        return tx.preparedQuery("SELECT order_id FROM payment_refund WHERE id = $1")
                .execute(Tuple.of(refundId))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getUUID(0));
    }

    /** The refund by our number for it at the channel, or null. */
    Uni<Refund> byNumber(SqlConnection tx, PayBy by, String number) {
        return one(tx, SELECT + "r.pay_by = $1 AND r.number = $2", Tuple.of(by.name(), number));
    }

    /** The refund, whose order is locked, or null. */
    Uni<Refund> one(SqlConnection tx, UUID id) {
        return one(tx, SELECT + "r.id = $1", Tuple.of(id));
    }

    /** Refunds of any company that the channel is to be asked about now. */
    Uni<List<Refund>> toAsk(SqlConnection tx, Instant now, int atMost) {
        return list(
                tx,
                SELECT + "r.ask_at <= $1 ORDER BY r.ask_at LIMIT $2 FOR UPDATE SKIP LOCKED",
                Tuple.of(utc(now), atMost));
    }

    /** Lets these be asked about later; whoever did that has taken them. */
    Uni<Void> putOff(SqlConnection tx, List<Refund> some, Instant until) {
        return tx.preparedQuery("UPDATE payment_refund SET ask_at = $2 WHERE id = ANY($1)")
                .execute(Tuple.of(some.stream().map(r -> r.id).toArray(UUID[]::new), utc(until)))
                .replaceWithVoid();
    }

    private static Uni<Refund> one(SqlConnection tx, String sql, Tuple parameters) {
        return list(tx, sql, parameters).map(found -> found.isEmpty() ? null : found.get(0));
    }

    private static Uni<List<Refund>> list(SqlConnection tx, String sql, Tuple parameters) {
        return tx.preparedQuery(sql).execute(parameters).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(Refunds::read)
                .toList());
    }

    static Refund read(Row row) {
        Refund r = new Refund();
        r.id = row.getUUID("id");
        r.tenantId = row.getUUID("tenant_id");
        r.orderId = row.getUUID("order_id");
        r.attemptId = row.getUUID("attempt_id");
        r.ordinal = row.getInteger("ordinal");
        r.by = PayBy.valueOf(row.getString("pay_by"));
        r.number = row.getString("number");
        r.cause = RefundCause.valueOf(row.getString("cause"));
        r.fen = row.getLong("fen");
        r.surchargeFen = row.getLong("surcharge_fen");
        r.reason = row.getString("reason");
        r.state = RefundState.valueOf(row.getString("state"));
        r.requestedBy = row.getString("requested_by");
        r.requestedByName = row.getString("requested_by_name");
        r.decidedBy = row.getString("decided_by");
        r.decidedByName = row.getString("decided_by_name");
        r.createdAt = instant(row, "created_at");
        r.decidedAt = instant(row, "decided_at");
        r.succeededAt = instant(row, "succeeded_at");
        r.receipt = row.getString("receipt");
        r.byHand = row.getBoolean("by_hand");
        r.why = row.getString("why");
        r.askAt = instant(row, "ask_at");
        r.asked = row.getInteger("asked");
        return r;
    }
}
