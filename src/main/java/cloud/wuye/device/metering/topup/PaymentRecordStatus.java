package cloud.wuye.device.metering.topup;

import cloud.wuye.payment.order.OrderState;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** How a payment stands, in the words of the screens. */
@Type("PaymentRecordStatus")
@Description("交易状态: how a payment stands, in words for people.")
public record PaymentRecordStatus(
        @NonNull @Description("Where its order stands.") OrderState state,
        @NonNull @Description("The same in Chinese.") String zh,
        @NonNull @Description("The same in English.") String en) {
    static PaymentRecordStatus of(OrderState state) {
        return switch (state) {
            case PENDING -> new PaymentRecordStatus(state, "待支付", "Waiting for payment");
            case PAID, CREDITING, PAID_LATE -> new PaymentRecordStatus(state, "支付成功，到账中", "Paid, being credited");
            case CREDITED -> new PaymentRecordStatus(state, "支付成功", "Paid");
            case CLOSED -> new PaymentRecordStatus(state, "订单关闭", "Closed");
            case AMOUNT_MISMATCH -> new PaymentRecordStatus(state, "异常：金额不符", "Another amount came");
            case CREDIT_FAILED -> new PaymentRecordStatus(state, "异常：未到账", "Paid, not credited");
            case REFUNDING -> new PaymentRecordStatus(state, "退款中", "Being refunded");
            case REFUNDED -> new PaymentRecordStatus(state, "已退款", "Refunded");
            case PARTIALLY_REFUNDED -> new PaymentRecordStatus(state, "部分退款", "Refunded in part");
            case REFUND_FAILED -> new PaymentRecordStatus(state, "异常：退款失败", "Refund failed, still owed");
        };
    }
}
