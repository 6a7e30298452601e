package cloud.wuye.payment;

/** What a notice is about. */
public enum NoticeKind {
    /** An order. */
    PAYMENT,
    /** A refund. */
    REFUND
}
