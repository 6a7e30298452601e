package cloud.wuye.payment.order;

import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.graphql.Description;

/** Where an order to pay stands. Which state may follow which is told here and nowhere else. */
@Description("Where an order to pay stands. 支付成功 is PAID to CREDITED, 订单关闭 is CLOSED.")
public enum OrderState {
    @Description("待支付: nothing has been paid that we know of.")
    PENDING,
    @Description("支付成功: the money is here; what it buys is not given yet.")
    PAID,
    @Description("支付成功，到账中: what it buys is being given, a meter is being told for example.")
    CREDITING,
    @Description("支付成功，已到账: done.")
    CREDITED,
    @Description("订单关闭: cancelled or out of time; nothing was paid.")
    CLOSED,
    @Description("Paid after it was closed; it is credited or paid back, never kept.")
    PAID_LATE,
    @Description("异常: another amount or currency came than was asked for; a person pays it back or settles it.")
    AMOUNT_MISMATCH,
    @Description("异常: paid, and what it buys could not be given; tried again or paid back.")
    CREDIT_FAILED,
    @Description("退款中: money is on its way back.")
    REFUNDING,
    @Description("已退款: all of it went back.")
    REFUNDED,
    @Description("部分退款: part of it went back.")
    PARTIALLY_REFUNDED,
    @Description("异常: the channel refused to pay back; the money is still owed.")
    REFUND_FAILED;

    /** Whether the other state may follow this one. */
    public boolean allows(OrderState to) {
        return next().contains(to);
    }

    /** Whether money of the payer's has come in for it. */
    public boolean isPaid() {
        return this != PENDING && this != CLOSED;
    }

    /** Whether it is paid and nothing has been given for it so far, so that what it buys may still be given. */
    boolean awaitsCredit() {
        return this == PAID || this == PAID_LATE || this == CREDIT_FAILED;
    }

    private Set<OrderState> next() {
        return switch (this) {
            case PENDING -> EnumSet.of(PAID, CLOSED, AMOUNT_MISMATCH);
            // The channel may have taken the money in the moment in which the order was closed.
            case CLOSED -> EnumSet.of(PAID_LATE, AMOUNT_MISMATCH);
            case PAID, PAID_LATE -> EnumSet.of(CREDITING, REFUNDING);
            case CREDITING -> EnumSet.of(CREDITED, CREDIT_FAILED);
            case CREDIT_FAILED -> EnumSet.of(CREDITING, REFUNDING);
            case CREDITED, PARTIALLY_REFUNDED, REFUND_FAILED -> EnumSet.of(REFUNDING);
            // What came may turn out to be for something else.
            case AMOUNT_MISMATCH -> EnumSet.of(REFUNDING, CLOSED);
            case REFUNDING -> EnumSet.of(REFUNDED, PARTIALLY_REFUNDED, REFUND_FAILED);
            case REFUNDED -> EnumSet.noneOf(OrderState.class);
        };
    }
}
