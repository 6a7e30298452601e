package cloud.wuye.payment;

/**
 * Money to give back.
 *
 * @param outRefundNo our number, kept over all repetitions: it is what makes a repetition harmless
 * @param reason what the payer reads, or null
 * @param refundFen how much
 * @param totalFen the whole order's amount
 */
public record RefundRequest(String outTradeNo, String outRefundNo, String reason, long refundFen, long totalFen) {
    /** Refuses what no channel would take. */
    public RefundRequest {
        if (!outRefundNo.matches("[0-9a-zA-Z_-]{1,64}")) {
            throw new IllegalArgumentException("not a refund number: " + outRefundNo);
        }
        if (refundFen <= 0 || refundFen > totalFen) {
            throw new IllegalArgumentException("cannot refund " + refundFen + " of " + totalFen);
        }
    }
}
