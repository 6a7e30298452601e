package cloud.wuye.payment;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A line of a channel's bill: a payment, or a refund of one.
 *
 * @param at when, as the channel says
 * @param outRefundNo our number of the refund, or null when the line is a payment
 * @param refundId the channel's number of the refund, or null
 * @param state the channel's word: {@code SUCCESS}, {@code REFUND}, {@code REVOKED}
 * @param refundState the channel's word for the refund, or null
 * @param amountFen the order's amount; 0 when the line is a refund
 * @param settledFen what the order counts for in settlement; 0 when the line is a refund
 * @param refundFen what was given back; 0 when the line is a payment
 * @param fee what the channel kept, in yuan with all its decimals; negative when it gave it back
 * @param feeRate as the channel writes it, e.g. {@code 0.60%}
 */
public record TradeBillRow(
        Instant at,
        String appId,
        String merchantId,
        String transactionId,
        String outTradeNo,
        String outRefundNo,
        String refundId,
        String state,
        String refundState,
        String currency,
        long amountFen,
        long settledFen,
        long refundFen,
        BigDecimal fee,
        String feeRate) {
    /** Whether the line is about a refund. */
    public boolean isRefund() {
        return refundId != null;
    }
}
