package cloud.wuye.payment.order;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Instant;
import java.util.UUID;

/**
 * One thing to be paid for. It knows neither meters nor sockets: what it buys is the business of the {@link OrderPurpose}
 * that it names. It keeps its own promises: each change of state is a method, and what {@link OrderState} does not allow is
 * refused with ILLEGAL_STATE. Its row is locked while a method runs. Money in fen.
 */
final class PaymentOrder {
    UUID id;
    UUID tenantId;
    String orderNo;
    String purpose;
    UUID subjectId;
    String subjectName;
    Payer payer;
    /** Who placed it, which need not be who pays. */
    String placedBy;
    /** The client's own key for the click that placed it, so that a second click finds the same order. */
    String clientKey;
    /** Tells a repeated click from another wish under the same key. */
    String wish;

    long payableFen;
    long surchargeFen;
    PaymentTerms terms;

    /** What came in for it through the attempt that counts. */
    long paidFen;
    /** How much of that is on its way back or gone back. */
    long refundingFen;

    long refundedFen;

    OrderState state = OrderState.PENDING;
    Instant createdAt;
    Instant expiresAt;
    Instant paidAt;
    Instant creditedAt;
    Instant closedAt;
    /** Why it stands where it stands, where that needs saying. */
    String why;

    PaymentOrder() {}

    /** What the payer has to pay. */
    long dueFen() {
        return payableFen + surchargeFen;
    }

    /** Whether what it buys was given, whatever went back of it since. */
    boolean isGiven() {
        return creditedAt != null;
    }

    /**
     * The money is taken by hand: no channel takes a fee of it, so nothing comes on top of the price. What was agreed for the channel
     * stays written down in the terms.
     */
    void takenByHand() {
        surchargeFen = 0;
    }

    /** What of it can still be asked back. */
    long refundableFen() {
        return paidFen - refundingFen - refundedFen;
    }

    /**
     * Money has come in. Late or not, it is ours to answer for.
     *
     * @return whether it is the payment of this order; false when the order has been paid already, so that this one is
     *     money too much
     */
    boolean paid(long fen, boolean asAsked, Instant at) {
        if (state.isPaid()) {
            return false;
        }
        OrderState next = !asAsked || fen != dueFen()
                ? OrderState.AMOUNT_MISMATCH
                : state == OrderState.CLOSED ? OrderState.PAID_LATE : OrderState.PAID;
        move(next);
        paidFen = fen;
        paidAt = at;
        why = next == OrderState.AMOUNT_MISMATCH ? fen + " fen came for " + dueFen() : null;
        return true;
    }

    /** PAID, PAID_LATE or CREDIT_FAILED → CREDITING: what it buys is being given. */
    void crediting() {
        move(OrderState.CREDITING);
        why = null;
    }

    /** CREDITING → CREDITED. */
    void credited(Instant at) {
        move(OrderState.CREDITED);
        creditedAt = at;
    }

    /** CREDITING → CREDIT_FAILED. */
    void creditFailed(String reason) {
        move(OrderState.CREDIT_FAILED);
        why = reason;
    }

    /** PENDING → CLOSED; repeating it changes nothing. The channel must have been asked to close first. */
    @CanIgnoreReturnValue
    boolean close(Instant at, String reason) {
        if (state == OrderState.CLOSED) {
            return false;
        }
        move(OrderState.CLOSED);
        closedAt = at;
        why = reason;
        return true;
    }

    /** AMOUNT_MISMATCH → CLOSED: what came was for something else, and stands there now. */
    void unpaid(Instant at, String reason) {
        move(OrderState.CLOSED);
        paidFen = 0;
        paidAt = null;
        closedAt = at;
        why = reason;
    }

    /** → REFUNDING: so much is owed back from now on. One refund at a time; a failed one is tried again, not joined. */
    void refunding(long fen) {
        if (refundingFen != 0) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, null, state);
        }
        if (fen <= 0 || fen > refundableFen()) {
            throw new Problem(ProblemCode.REFUND_TOO_LARGE, "amountFen", refundableFen());
        }
        move(OrderState.REFUNDING);
        refundingFen += fen;
    }

    /** REFUNDING → REFUNDED or PARTIALLY_REFUNDED: it has gone back. */
    void refunded(long fen) {
        refundingFen -= fen;
        refundedFen += fen;
        move(refundedFen == paidFen ? OrderState.REFUNDED : OrderState.PARTIALLY_REFUNDED);
    }

    /** REFUNDING → REFUND_FAILED: the channel refused. The money stays owed. */
    void refundFailed(String reason) {
        move(OrderState.REFUND_FAILED);
        why = reason;
    }

    /** REFUND_FAILED → REFUNDING: the same refund is tried again. */
    void refundAgain() {
        move(OrderState.REFUNDING);
        why = null;
    }

    private void move(OrderState to) {
        if (!state.allows(to)) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, null, state);
        }
        state = to;
    }
}
