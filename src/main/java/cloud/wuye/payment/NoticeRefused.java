package cloud.wuye.payment;

/** A notice that is not taken. Whoever sent it learns the status and the reason's name, nothing else. */
public class NoticeRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** A header is missing or has no sense. */
        MALFORMED_HEADERS(400),
        /** Older or newer than the freshness allows. */
        NOT_FRESH(401),
        /** The channel's own probe: it wants to see that a false signature is refused. */
        SIGNATURE_PROBE(401),
        /** Signed by a key that we do not know. */
        UNKNOWN_KEY(401),
        /** The signature does not verify. */
        WRONG_SIGNATURE(401),
        /** Signed, but the body has no sense. */
        MALFORMED_BODY(400),
        /** Signed, but not encrypted with our key. */
        NOT_DECRYPTABLE(400),
        /** Signed and decrypted, but meant for another door: a refund at the payments' door, another merchant's. */
        MISDIRECTED(400);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /** The HTTP status of the answer. */
        public int status() {
            return status;
        }
    }

    private final Reason reason;

    /** A refusal for this reason. */
    public NoticeRefused(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    /** A refusal for this reason; the cause is for our log. */
    public NoticeRefused(Reason reason, Throwable cause) {
        super(reason.name(), cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
