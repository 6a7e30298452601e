package cloud.wuye.payment.reconciliation;

/** A step could not be done now, for a reason that is nobody's mistake here; it is tried again later. */
class Stuck extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stuck(String why) {
        super(why);
    }
}
