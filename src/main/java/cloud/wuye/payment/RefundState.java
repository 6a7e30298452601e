package cloud.wuye.payment;

/** Where a refund stands at the channel. */
public enum RefundState {
    /** Accepted, on its way. */
    PROCESSING,
    /** The payer has it. */
    SUCCESS,
    /** Given up; nothing was paid out. */
    CLOSED,
    /** The payer's account does not take it: staff must look at the channel's own desk. */
    ABNORMAL
}
