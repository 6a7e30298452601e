package cloud.wuye.payment;

import java.time.Instant;

/**
 * What a channel told us, its signature verified and its content decrypted. Notices are repeated and come in any order.
 *
 * @param appId of the order; null in a notice about a refund
 * @param transactionId the channel's number of the payment
 * @param outRefundNo our number of the refund, or null
 * @param refundId the channel's number of the refund, or null
 * @param paymentState where the order stands; null in a notice about a refund
 * @param refundState where the refund stands; null in a notice about a payment
 * @param amountFen the whole order, or what was refunded
 * @param payerAmountFen what the payer gave, or got back
 * @param currency null in a notice about a refund, where the channel leaves it out
 * @param digest SHA-256 of the body as it came, in hex
 */
public record ChannelNotice(
        ChannelKind channel,
        NoticeKind kind,
        String appId,
        String merchantId,
        String outTradeNo,
        String transactionId,
        String outRefundNo,
        String refundId,
        PaymentState paymentState,
        RefundState refundState,
        long amountFen,
        long payerAmountFen,
        String currency,
        Instant successTime,
        String digest) {
    /** The channel's number of what it is about. */
    public String reference() {
        return kind == NoticeKind.PAYMENT ? transactionId : refundId;
    }

    /** The state's name. */
    public String state() {
        return kind == NoticeKind.PAYMENT ? paymentState.name() : refundState.name();
    }
}
