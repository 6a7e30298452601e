package cloud.wuye.kit.payment;

/** What may be wrong with something that the simulator signs. */
enum Flaw {
    NONE,
    /** No signature at all. */
    UNSIGNED,
    /** Signed by another key under the right name. */
    WRONG_SIGNATURE,
    /** One byte of the body changed after signing. */
    TAMPERED,
    /** Signed two hours ago. */
    STALE,
    /** Signed by a key that nobody was told of, under its own name. */
    UNKNOWN_SERIAL,
    /** WeChat Pay's probe: a false signature that says so. */
    SIGNTEST,
    /** Signed rightly, encrypted with another APIv3 key. */
    WRONG_KEY,
    /** Signed and encrypted rightly, with one fen more in it. */
    WRONG_AMOUNT,
    /** Signed and encrypted rightly, about another merchant. */
    OTHER_MERCHANT
}
