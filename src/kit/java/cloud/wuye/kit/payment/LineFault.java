package cloud.wuye.kit.payment;

/** What may go wrong with a call. */
enum LineFault {
    /** Not done, and 500 answered. */
    ERROR_500,
    /** Done, and 500 answered all the same. */
    DONE_BUT_500,
    /** Done, and answered late. */
    SLOW,
    /** Not done; the connection breaks. */
    CUT,
    /** Done; the connection breaks before the answer. */
    DONE_BUT_CUT,
    /** Not done: too many calls. */
    RATE_LIMITED,
    /** Done, and the answer's signature has a {@link Flaw}. */
    FLAWED_ANSWER
}
