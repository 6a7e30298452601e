package cloud.wuye.payment;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The boundary to whoever moves the money. Nothing here decides what a payment means: amounts, currency, app and merchant
 * are handed up to be compared with the order.
 *
 * <p>Each call has a deadline, may be repeated with the same numbers as often as one likes (the channel knows our order and
 * refund numbers), and never stands inside a unit of the {@code Db}. The answer is a {@link ChannelOutcome}; the returned
 * Uni fails only for what is no answer of the channel: a company without settings (PAYMENT_CHANNEL_NOT_CONFIGURED), secrets
 * that cannot be opened.
 */
public interface PaymentChannel {
    /** Which one this is. */
    ChannelKind kind();

    /** Announces an order; the answer is what the payer's client needs. A channel that is switched off refuses. */
    Uni<ChannelOutcome<Prepaid>> prepay(UUID tenantId, PrepayRequest request);

    /** What the channel knows of our order. */
    Uni<ChannelOutcome<ChannelPayment>> query(UUID tenantId, String outTradeNo);

    /** No more payment for this order. Refused when it is paid already: then ask. */
    Uni<ChannelOutcome<Closed>> close(UUID tenantId, String outTradeNo);

    /** Gives money back; accepted is not yet done, see the state. */
    Uni<ChannelOutcome<ChannelRefund>> refund(UUID tenantId, RefundRequest request);

    /** What the channel knows of our refund. */
    Uni<ChannelOutcome<ChannelRefund>> queryRefund(UUID tenantId, String outRefundNo);

    /** All payments and refunds of a day, in the channel's calendar; there from 10:00 on the next day. */
    Uni<ChannelOutcome<Multi<TradeBillRow>>> tradeBill(UUID tenantId, LocalDate day);

    /** All movements of a day on the company's account at the channel. */
    Uni<ChannelOutcome<Multi<FundFlowRow>>> fundFlowBill(UUID tenantId, LocalDate day);

    /** Verifies and decrypts what came in at the door for notices; fails with {@link NoticeRefused}. */
    Uni<ChannelNotice> open(UUID tenantId, RawNotice raw);

    /** A signed call that changes nothing, to see whether the settings work. */
    Uni<ChannelOutcome<Reached>> test(UUID tenantId);

    /** The order cannot be paid any more. */
    record Closed(String outTradeNo) {}

    /** The channel knew us, and we its signature. */
    record Reached() {}
}
