package cloud.wuye.payment;

/** Where an order stands at the channel. */
public enum PaymentState {
    /** The money is there. */
    PAID,
    /** It was there, and some or all of it has been given back. */
    REFUNDED,
    /** Not yet paid; may still be. */
    UNPAID,
    /** The payer is at it. */
    PAYING,
    /** The payer's bank said no; may be tried again. */
    FAILED,
    /** Cannot be paid any more. */
    CLOSED
}
