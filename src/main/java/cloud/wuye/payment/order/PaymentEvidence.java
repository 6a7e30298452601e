package cloud.wuye.payment.order;

import cloud.wuye.platform.money.Money;
import java.time.Instant;

/**
 * Proof that money has come: a verified notice, a channel's answer, or a clerk's word for cash in hand.
 *
 * @param number our number for the attempt, as the channel gives it back
 * @param transactionId the channel's own number for the money; the same number is the same money
 * @param fen how much, in fen; of another currency, in its smallest unit
 * @param currency ISO 4217
 * @param ours whether it names our merchant and application
 * @param at when it was paid
 */
public record PaymentEvidence(
        PayBy by, String number, String transactionId, long fen, String currency, boolean ours, Instant at) {
    /** Whether it is what we can have asked for at all. */
    boolean asAsked() {
        return ours && ofTheBooks();
    }

    /** Whether it is money that the books can hold: they know one currency. */
    boolean ofTheBooks() {
        return Money.CURRENCY.equals(currency);
    }
}
