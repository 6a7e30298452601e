package cloud.wuye.device.metering.billing;

import cloud.wuye.payment.order.OrderState;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A payment of a bill, as those see it whose bill it is. Who pays is nobody's business but theirs. */
@Type("MyBillPayment")
@Description("A payment of a bill: one that has come, or one that may still come. Sums are in fen.")
public record MyBillPaymentView(
        @Id @NonNull @Description("The order.") UUID orderId,
        @NonNull @Description("订单编号.") String orderNo,
        @NonNull @Description("What it is to pay of this bill.") Long fen,
        @NonNull @Description("What it has paid of this bill, refunds taken off.") Long paidFen,
        @NonNull @Description("Where the order stands.") OrderState state,
        @NonNull @Description("When it was placed.") Instant createdAt,
        @NonNull @Description("Until when it may be paid.") Instant expiresAt,
        @Description("When it was paid.") Instant paidAt) {
    /** Orders that were closed unpaid are no payments. */
    static final String OF_BILLS =
            """
            SELECT p.bill_id, o.id, o.order_no, p.fen, p.given_fen, o.state, o.created_at, o.expires_at, o.paid_at
            FROM meter_bill_order p JOIN payment_order o ON o.tenant_id = p.tenant_id AND o.id = p.order_id
            WHERE p.bill_id = ANY ($1) AND o.state <> 'CLOSED' ORDER BY p.bill_id, o.created_at, o.id""";

    static MyBillPaymentView of(Row row) {
        OffsetDateTime paidAt = row.getOffsetDateTime("paid_at");
        return new MyBillPaymentView(
                row.getUUID("id"),
                row.getString("order_no"),
                row.getLong("fen"),
                row.getLong("given_fen"),
                OrderState.valueOf(row.getString("state")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant(),
                paidAt == null ? null : paidAt.toInstant());
    }
}
