package cloud.wuye.payment.order;

import static cloud.wuye.platform.db.Columns.instant;
import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.payment.PrepayMethod;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The attempts to pay and all SQL that changes them. The order's row is their lock. */
@ApplicationScoped
class PaymentAttempts {
    private static final String SELECT = "SELECT a.* FROM payment_attempt a WHERE ";
    private static final String INSERT =
            """
            INSERT INTO payment_attempt (id, tenant_id, order_id, ordinal, pay_by, number, state, due_fen, created_at, expires_at,
              transaction_id, paid_fen, succeeded_at, surplus, ask_at, method, payer_channel)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)""";
    private static final String UPDATE =
            """
            UPDATE payment_attempt SET state = $3, transaction_id = $4, paid_fen = $5, succeeded_at = $6, surplus = $7,
              ask_at = $8, asked = $9
            WHERE tenant_id = $1 AND id = $2""";

    private static final String ASK_NOW =
            "UPDATE payment_attempt SET ask_at = $2 WHERE order_id = $1 AND state = 'OPEN' AND method IS NOT NULL";
    private static final String ASKING =
            """
            UPDATE payment_attempt a SET ask_at = n.ask_at, asked = n.asked
            FROM unnest($1::uuid[], $2::timestamptz[], $3::int[]) AS n (id, ask_at, asked) WHERE a.id = n.id""";

    Uni<Void> add(SqlConnection tx, PaymentAttempt a) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    a.id,
                    a.tenantId,
                    a.orderId,
                    a.ordinal,
                    a.by.name(),
                    a.number,
                    a.state.name(),
                    a.dueFen,
                    utc(a.createdAt),
                    utc(a.expiresAt),
                    a.transactionId,
                    a.paidFen,
                    utc(a.succeededAt),
                    a.surplus,
                    utc(a.askAt),
                    a.method == null ? null : a.method.name(),
                    a.payerChannel
                }))
                .replaceWithVoid();
    }

    Uni<Void> save(SqlConnection tx, PaymentAttempt a) {
        return tx.preparedQuery(UPDATE)
                .execute(Tuple.from(new Object[] {
                    a.tenantId,
                    a.id,
                    a.state.name(),
                    a.transactionId,
                    a.paidFen,
                    utc(a.succeededAt),
                    a.surplus,
                    utc(a.askAt),
                    a.asked
                }))
                .replaceWithVoid();
    }

    /** A payment comes to stand with another order; both are locked. */
    Uni<Void> move(SqlConnection tx, UUID attemptId, UUID orderId, int ordinal) {
        return tx.preparedQuery("UPDATE payment_attempt SET order_id = $2, ordinal = $3 WHERE id = $1")
                .execute(Tuple.of(attemptId, orderId, ordinal))
                .replaceWithVoid();
    }

    /** Which order an attempt of ours belongs to, by the number that the channel knows it by; null for none of ours. */
    Uni<UUID> orderOf(SqlConnection tx, PayBy by, String number) {
        return tx.preparedQuery("SELECT order_id FROM payment_attempt WHERE pay_by = $1 AND number = $2")
                .execute(Tuple.of(by.name(), number))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getUUID(0));
    }

    /** All attempts of an order whose row is locked, first to last. */
    Uni<List<PaymentAttempt>> of(SqlConnection tx, UUID orderId) {
        return list(tx, SELECT + "a.order_id = $1 ORDER BY a.ordinal", Tuple.of(orderId));
    }

    /** The attempts of several orders. */
    Uni<List<PaymentAttempt>> ofAll(SqlConnection tx, Collection<UUID> orders) {
        return list(
                tx,
                SELECT + "a.order_id = ANY($1) ORDER BY a.order_id, a.ordinal",
                Tuple.of(orders.toArray(UUID[]::new)));
    }

    /** Lets the channel be asked at once about those attempts of an order that may still be paid. */
    Uni<Void> askNow(SqlConnection tx, UUID orderId, Instant now) {
        return tx.preparedQuery(ASK_NOW).execute(Tuple.of(orderId, utc(now))).replaceWithVoid();
    }

    /** Keeps when several attempts are to be asked about next. */
    Uni<Void> saveAsking(SqlConnection tx, List<PaymentAttempt> some) {
        return some.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(ASKING)
                        .execute(Tuple.of(
                                some.stream().map(a -> a.id).toArray(UUID[]::new),
                                some.stream().map(a -> utc(a.askAt)).toArray(java.time.OffsetDateTime[]::new),
                                some.stream().map(a -> a.asked).toArray(Integer[]::new)))
                        .replaceWithVoid();
    }

    /** Attempts of any company that the channel is to be asked about now. */
    Uni<List<PaymentAttempt>> toAsk(SqlConnection tx, Instant now, int atMost) {
        return list(
                tx,
                SELECT + "a.ask_at <= $1 ORDER BY a.ask_at LIMIT $2 FOR UPDATE SKIP LOCKED",
                Tuple.of(utc(now), atMost));
    }

    private static Uni<List<PaymentAttempt>> list(SqlConnection tx, String sql, Tuple parameters) {
        return tx.preparedQuery(sql).execute(parameters).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(PaymentAttempts::read)
                .toList());
    }

    private static PaymentAttempt read(Row row) {
        PaymentAttempt a = new PaymentAttempt();
        a.id = row.getUUID("id");
        a.tenantId = row.getUUID("tenant_id");
        a.orderId = row.getUUID("order_id");
        a.ordinal = row.getInteger("ordinal");
        a.by = PayBy.valueOf(row.getString("pay_by"));
        a.number = row.getString("number");
        a.state = AttemptState.valueOf(row.getString("state"));
        a.dueFen = row.getLong("due_fen");
        a.method = row.getString("method") == null ? null : PrepayMethod.valueOf(row.getString("method"));
        a.payerChannel = row.getString("payer_channel");
        a.createdAt = instant(row, "created_at");
        a.expiresAt = instant(row, "expires_at");
        a.transactionId = row.getString("transaction_id");
        a.paidFen = row.getLong("paid_fen");
        a.succeededAt = instant(row, "succeeded_at");
        a.surplus = row.getBoolean("surplus");
        a.askAt = instant(row, "ask_at");
        a.asked = row.getInteger("asked");
        return a;
    }
}
