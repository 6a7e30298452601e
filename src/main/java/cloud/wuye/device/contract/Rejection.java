package cloud.wuye.device.contract;

/** A message that cannot be taken, and why. Carries no stack trace: bad input is daily bread here, not an accident. */
public final class Rejection extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectReason reason;

    public Rejection(RejectReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** Why. */
    public RejectReason reason() {
        return reason;
    }
}
