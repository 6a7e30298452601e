package cloud.wuye.payment.order;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Money on its way back to whoever paid. From approval until it has arrived it is owed. Money in fen. */
final class Refund {
    /** How soon a question to the channel that led to nothing is repeated. */
    static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    UUID id;
    UUID tenantId;
    UUID orderId;
    UUID attemptId;
    int ordinal;
    PayBy by;
    /** Our number for it at the channel: a repeated request under it never pays twice. */
    String number;

    RefundCause cause;
    long fen;
    /** How much of it is surcharge; the rest is price. */
    long surchargeFen;

    String reason;
    RefundState state;
    String requestedBy;
    String requestedByName;
    String decidedBy;
    String decidedByName;
    Instant createdAt;
    Instant decidedAt;
    Instant succeededAt;
    /** The channel's own number, or the receipt's where staff paid it out. */
    String receipt;
    /** Paid out by a person: no channel has moved it. */
    boolean byHand;

    String why;
    Instant askAt;
    int asked;

    Refund() {}

    /** REQUESTED → APPROVED: owed from now on. */
    void approve(String subject, String name, Instant at) {
        move(RefundState.APPROVED);
        decidedBy = subject;
        decidedByName = name;
        decidedAt = at;
    }

    /** REQUESTED → REJECTED. */
    void reject(String subject, String name, Instant at, String reason) {
        move(RefundState.REJECTED);
        decidedBy = subject;
        decidedByName = name;
        decidedAt = at;
        why = reason;
    }

    /** The channel has taken it and works on it. */
    boolean sent(Instant now) {
        return under(RefundState.SENT, null, now);
    }

    /** The channel was asked, and nobody knows what came of it. */
    boolean unknown(Instant now, String reason) {
        return under(RefundState.UNKNOWN, reason, now);
    }

    /** It has gone back. Repeating the news changes nothing. */
    boolean succeeded(String channelNumber, Instant at, boolean paidOutByHand) {
        if (state == RefundState.SUCCEEDED) {
            return false;
        }
        move(RefundState.SUCCEEDED);
        receipt = channelNumber;
        byHand = paidOutByHand;
        succeededAt = at;
        why = null;
        askAt = null;
        return true;
    }

    /** The channel refused for good. Repeating the news changes nothing. */
    boolean failed(String reason) {
        if (state == RefundState.FAILED || state == RefundState.SUCCEEDED) {
            return false;
        }
        move(RefundState.FAILED);
        why = reason;
        askAt = null;
        return true;
    }

    /** FAILED → APPROVED: the same refund is sent again under the same number. */
    void again() {
        move(RefundState.APPROVED);
        why = null;
        asked++;
    }

    private boolean under(RefundState as, String reason, Instant now) {
        if (!state.allows(as)) {
            return false;
        }
        boolean news = state != as;
        state = as;
        why = reason;
        asked++;
        Duration wait = Duration.ofSeconds(30).multipliedBy(1L << Math.min(asked, 7));
        askAt = now.plus(wait);
        return news;
    }

    private void move(RefundState to) {
        if (!state.allows(to)) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, null, state);
        }
        state = to;
    }
}
