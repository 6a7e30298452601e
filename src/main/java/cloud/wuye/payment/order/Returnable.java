package cloud.wuye.payment.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What of a paid order can go back. It is asked for in price, which is what was credited; of the surcharge its share goes with it,
 * because the channel gives its own fee back in the same proportion. Shares of refunds that follow each other add up to the
 * surcharge exactly. Money in fen.
 *
 * @param wholeFen the price; of another amount than asked for, all that came
 * @param surchargeFen what was paid on top of it
 * @param backFen what of the price is on its way back already, or gone back
 * @param surchargeBackFen what of the surcharge is
 */
record Returnable(long wholeFen, long surchargeFen, long backFen, long surchargeBackFen) {
    /** Of this order, all of whose refunds these are. */
    static Returnable of(PaymentOrder order, List<Refund> refunds) {
        long back = order.refundingFen + order.refundedFen;
        if (order.paidFen == 0 || order.state == OrderState.AMOUNT_MISMATCH) {
            return new Returnable(order.paidFen, 0, back, 0);
        }
        long surchargeBack = refunds.stream()
                .filter(refund -> refund.cause != RefundCause.SURPLUS)
                .filter(refund -> refund.state.owes() || refund.state == RefundState.SUCCEEDED)
                .mapToLong(refund -> refund.surchargeFen)
                .sum();
        return new Returnable(
                order.paidFen - order.surchargeFen, order.surchargeFen, back - surchargeBack, surchargeBack);
    }

    /** How much can still be asked for. */
    long leftFen() {
        return wholeFen - backFen;
    }

    /** How much of the surcharge goes back with so much of the price, to the nearest fen; with all that is left, the rest of it. */
    long surchargeWith(long fen) {
        if (surchargeFen == 0) {
            return 0;
        }
        long then = BigDecimal.valueOf(surchargeFen)
                .multiply(BigDecimal.valueOf(backFen + fen))
                .divide(BigDecimal.valueOf(wholeFen), 0, RoundingMode.HALF_UP)
                .longValueExact();
        return Math.max(0, then - surchargeBackFen);
    }
}
