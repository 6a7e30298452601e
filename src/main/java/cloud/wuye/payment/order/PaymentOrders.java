package cloud.wuye.payment.order;

import static cloud.wuye.platform.db.Columns.instant;
import static cloud.wuye.platform.db.Columns.utc;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The orders and all SQL that changes them. Whoever changes one has its row locked; an order is locked before its attempts. */
@ApplicationScoped
class PaymentOrders {
    static final String SELECT = "SELECT o.* FROM payment_order o WHERE ";
    private static final String INSERT =
            """
            INSERT INTO payment_order (id, tenant_id, order_no, purpose, subject_id, subject_name, payer, payer_name, payer_kind,
              placed_by, client_key, wish, payable_fen, surcharge_fen, fee_rate, fee_payer, state, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            ON CONFLICT (tenant_id, placed_by, client_key) DO NOTHING""";
    private static final String UPDATE =
            """
            UPDATE payment_order SET state = $3, why = $4, paid_fen = $5, refunding_fen = $6, refunded_fen = $7, paid_at = $8,
              credited_at = $9, closed_at = $10, surcharge_fen = $11
            WHERE tenant_id = $1 AND id = $2""";

    private static final String EXPIRED = SELECT
            + """
            o.state = 'PENDING' AND o.expires_at <= $1 AND NOT EXISTS (
              SELECT FROM payment_attempt a WHERE a.tenant_id = o.tenant_id AND a.order_id = o.id AND a.state = 'OPEN')
            ORDER BY o.expires_at LIMIT $2""";

    /** Adds a new order; false when the same click has placed one already. */
    Uni<Boolean> add(SqlConnection tx, PaymentOrder o) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    o.id,
                    o.tenantId,
                    o.orderNo,
                    o.purpose,
                    o.subjectId,
                    o.subjectName,
                    o.payer.subject(),
                    o.payer.name(),
                    o.payer.kind().name(),
                    o.placedBy,
                    o.clientKey,
                    o.wish,
                    o.payableFen,
                    o.surchargeFen,
                    o.terms.feeRate(),
                    o.terms.feePayer().name(),
                    o.state.name(),
                    utc(o.createdAt),
                    utc(o.expiresAt)
                }))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Keeps what changed in an order whose row is locked. */
    Uni<Void> save(SqlConnection tx, PaymentOrder o) {
        return tx.preparedQuery(UPDATE)
                .execute(Tuple.from(new Object[] {
                    o.tenantId,
                    o.id,
                    o.state.name(),
                    o.why,
                    o.paidFen,
                    o.refundingFen,
                    o.refundedFen,
                    utc(o.paidAt),
                    utc(o.creditedAt),
                    utc(o.closedAt),
                    o.surchargeFen
                }))
                .replaceWithVoid();
    }

    /** The order, locked, or null. In the tenant's transaction only its own is found. */
    Uni<PaymentOrder> locked(SqlConnection tx, UUID id) {
        return one(tx, SELECT + "o.id = $1 FOR UPDATE", Tuple.of(id));
    }

    /** The order that a click placed, or null. */
    Uni<PaymentOrder> byClick(SqlConnection tx, String placedBy, String clientKey) {
        return one(tx, SELECT + "o.placed_by = $1 AND o.client_key = $2", Tuple.of(placedBy, clientKey));
    }

    /** Orders of any company whose time is over and of which nothing can be paid any more. */
    Uni<List<PaymentOrder>> expired(SqlConnection tx, Instant now, int atMost) {
        return list(tx, EXPIRED, Tuple.of(utc(now), atMost));
    }

    /** These orders, not locked. */
    Uni<Map<UUID, PaymentOrder>> byIds(SqlConnection tx, Collection<UUID> ids) {
        return list(tx, SELECT + "o.id = ANY($1)", Tuple.of(ids.toArray(UUID[]::new)))
                .map(found -> found.stream().collect(Collectors.toMap(order -> order.id, Function.identity())));
    }

    private static Uni<PaymentOrder> one(SqlConnection tx, String sql, Tuple parameters) {
        return list(tx, sql, parameters).map(found -> found.isEmpty() ? null : found.get(0));
    }

    private static Uni<List<PaymentOrder>> list(SqlConnection tx, String sql, Tuple parameters) {
        return tx.preparedQuery(sql).execute(parameters).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(PaymentOrders::read)
                .toList());
    }

    static PaymentOrder read(Row row) {
        PaymentOrder o = new PaymentOrder();
        o.id = row.getUUID("id");
        o.tenantId = row.getUUID("tenant_id");
        o.orderNo = row.getString("order_no");
        o.purpose = row.getString("purpose");
        o.subjectId = row.getUUID("subject_id");
        o.subjectName = row.getString("subject_name");
        o.payer = new Payer(
                row.getString("payer"), row.getString("payer_name"), PayerKind.valueOf(row.getString("payer_kind")));
        o.placedBy = row.getString("placed_by");
        o.clientKey = row.getString("client_key");
        o.wish = row.getString("wish");
        o.payableFen = row.getLong("payable_fen");
        o.surchargeFen = row.getLong("surcharge_fen");
        o.expiresAt = instant(row, "expires_at");
        o.createdAt = instant(row, "created_at");
        o.terms = new PaymentTerms(
                row.get(BigDecimal.class, "fee_rate"),
                FeePayer.valueOf(row.getString("fee_payer")),
                Duration.between(o.createdAt, o.expiresAt));
        o.paidFen = row.getLong("paid_fen");
        o.refundingFen = row.getLong("refunding_fen");
        o.refundedFen = row.getLong("refunded_fen");
        o.state = OrderState.valueOf(row.getString("state"));
        o.why = row.getString("why");
        o.paidAt = instant(row, "paid_at");
        o.creditedAt = instant(row, "credited_at");
        o.closedAt = instant(row, "closed_at");
        return o;
    }
}
