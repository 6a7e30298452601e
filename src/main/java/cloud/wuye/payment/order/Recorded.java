package cloud.wuye.payment.order;

/** What became of evidence of a payment. Whichever it is, the money stands in the books. */
public enum Recorded {
    /** It paid its order. */
    PAID,
    /** It paid its order with another amount or currency than asked for. */
    MISMATCH,
    /** Nothing new. */
    KNOWN,
    /** Its order had been paid otherwise: it goes back. */
    SURPLUS,
    /** It belongs to no order of ours: it stands in suspense. */
    UNMATCHED
}
