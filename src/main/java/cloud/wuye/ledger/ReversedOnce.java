package cloud.wuye.ledger;

/** The database's rule that an entry is reversed once, whichever client tells of it. */
final class ReversedOnce {
    private static final String NAME = "journal_entry_reversed_once";

    private ReversedOnce() {}

    static boolean violated(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains(NAME)) {
                return true;
            }
        }
        return false;
    }
}
