package cloud.wuye.payment;

import java.time.Instant;

/**
 * An order as the channel knows it; {@code appId}, {@code merchantId}, amount and currency are to be compared with ours.
 *
 * @param transactionId the channel's number; null while nothing is paid
 * @param amountFen the whole order; null while nothing is paid
 * @param payerAmountFen what the payer gave, less where the channel paid a coupon; null while nothing is paid
 * @param payerId openid, or null
 * @param successTime when it was paid, or null
 */
public record ChannelPayment(
        ChannelKind channel,
        String appId,
        String merchantId,
        String outTradeNo,
        String transactionId,
        PaymentState state,
        Long amountFen,
        Long payerAmountFen,
        String currency,
        String payerId,
        Instant successTime) {}
