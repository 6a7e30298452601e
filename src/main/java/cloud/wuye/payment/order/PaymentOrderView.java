package cloud.wuye.payment.order;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** An order to pay, as clients see it. Money in fen. */
@Type("PaymentOrder")
@Description("An order to pay. Amounts are in fen.")
public record PaymentOrderView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("订单编号: the number that people read out.") String orderNo,
        @NonNull @Description("What it buys, such as METER_TOP_UP.") String purpose,
        @Id @NonNull @Description("Whose credit the money becomes: a meter, a session.") UUID subjectId,
        @NonNull @Description("How people call that: the meter's number.") String subjectName,
        @NonNull @Description("用户名称: who pays.") String payerName,
        @NonNull @Description("用户类型: what kind of customer that is.") PayerKind payerKind,
        @NonNull @Description("应缴费金额: the price.") Long payableFen,
        @NonNull @Description("手续费: what comes on top through a channel; taken by staff, nothing does.")
                Long surchargeFen,
        @NonNull @Description("What the payer has to pay: price and surcharge.") Long dueFen,
        @NonNull @Description("实际缴费金额: what has come in for it.") Long paidFen,
        @NonNull @Description("What of it has gone back.") Long refundedFen,
        @NonNull @Description("Where it stands.") OrderState state,
        @Description("Why it stands there, where that needs saying.") String why,
        @NonNull @Description("创建时间: when it was placed.") Instant createdAt,
        @NonNull @Description("Until when it may be paid.") Instant expiresAt,
        @Description("When it was paid.") Instant paidAt,
        @Description("When what it buys had been given.") Instant creditedAt,
        @Description("When it was closed.") Instant closedAt) {
    static PaymentOrderView of(PaymentOrder order) {
        return new PaymentOrderView(
                order.id,
                order.orderNo,
                order.purpose,
                order.subjectId,
                order.subjectName,
                order.payer.name(),
                order.payer.kind(),
                order.payableFen,
                order.surchargeFen,
                order.dueFen(),
                order.paidFen,
                order.refundedFen,
                order.state,
                order.why,
                order.createdAt,
                order.expiresAt,
                order.paidAt,
                order.creditedAt,
                order.closedAt);
    }
}
