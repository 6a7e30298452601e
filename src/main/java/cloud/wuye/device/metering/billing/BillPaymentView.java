package cloud.wuye.device.metering.billing;

import cloud.wuye.payment.order.PlacedOrder;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** The order with which bills are going to be paid, as clients see it. */
@Type("BillPayment")
@Description("The order with which bills are going to be paid. Sums are in fen.")
public record BillPaymentView(
        @Id @NonNull @Description("The order's id.") UUID orderId,
        @NonNull @Description("订单编号.") String orderNo,
        @NonNull @Description("What it pays of the bills.") Long payableFen,
        @NonNull @Description("手续费: what comes on top.") Long surchargeFen,
        @NonNull @Description("Until when it may be paid.") Instant expiresAt) {
    static BillPaymentView of(PlacedOrder order) {
        return new BillPaymentView(
                order.id(), order.orderNo(), order.payableFen(), order.surchargeFen(), order.expiresAt());
    }
}
