package cloud.wuye.payment;

import java.time.Instant;

/**
 * A refund as the channel knows it.
 *
 * @param refundId the channel's number
 * @param successTime when the payer had it, or null
 */
public record ChannelRefund(
        ChannelKind channel,
        String refundId,
        String outRefundNo,
        String transactionId,
        String outTradeNo,
        RefundState state,
        long refundFen,
        long totalFen,
        String currency,
        Instant successTime) {}
