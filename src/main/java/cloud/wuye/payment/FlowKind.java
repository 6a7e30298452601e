package cloud.wuye.payment;

/** What a movement on the company's account at a channel is, as far as the books need to know. */
public enum FlowKind {
    /** Between the account at the channel and the company's bank account. */
    PAYOUT,
    /** Payments, refunds and fees, which the trade bill tells of more exactly, and whatever else there is. */
    OTHER
}
