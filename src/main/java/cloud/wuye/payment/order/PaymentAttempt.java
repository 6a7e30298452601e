package cloud.wuye.payment.order;

import cloud.wuye.payment.PrepayMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** One try to pay an order by one way. An order may have several; the first that succeeds pays it. Money in fen. */
final class PaymentAttempt {
    /** How soon the channel is asked when no notice comes. */
    static final Duration FIRST = Duration.ofSeconds(15);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    UUID id;
    UUID tenantId;
    UUID orderId;
    int ordinal;
    PayBy by;
    /** Our number for it at the channel, or the receipt's number where staff took the money. */
    String number;

    AttemptState state = AttemptState.OPEN;
    long dueFen;
    /** Where the payer confirms; null where staff take the money. */
    PrepayMethod method;
    /** Who the payer is at the channel (the WeChat openid), where they confirm there; else null. */
    String payerChannel;

    Instant createdAt;
    Instant expiresAt;

    String transactionId;
    Long paidFen;
    Instant succeededAt;
    /** Paid although the order had been paid otherwise: goes back in full. */
    boolean surplus;

    /** When the channel is to be asked next how it stands; null when there is nothing to ask. */
    Instant askAt;

    int asked;

    PaymentAttempt() {}

    /**
     * The channel says that it was paid.
     *
     * @return false when that is known already
     */
    boolean succeeded(String transaction, long fen, Instant at) {
        if (state == AttemptState.SUCCEEDED) {
            return false;
        }
        state = AttemptState.SUCCEEDED;
        transactionId = transaction;
        paidFen = fen;
        succeededAt = at;
        askAt = null;
        return true;
    }

    /** Whether this news tells of another payment than the one that is known: money without a home. */
    boolean contradicts(String transaction) {
        return state == AttemptState.SUCCEEDED && !transaction.equals(transactionId);
    }

    /** Closed at the channel. A payment that is known already stands. */
    void closed() {
        if (state == AttemptState.OPEN) {
            state = AttemptState.CLOSED;
            askAt = null;
        }
    }

    /** The channel is being asked; if nothing comes of it, again after twice the time, at most {@link #LONGEST}. */
    void asking(Instant now) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(asked, 10));
        asked++;
        askAt = now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    /** Whether it can still be paid at a channel. */
    boolean isOpenAtChannel() {
        return state == AttemptState.OPEN && !by.byHand();
    }
}
