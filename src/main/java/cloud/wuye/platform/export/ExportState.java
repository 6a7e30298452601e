package cloud.wuye.platform.export;

/** Where an export stands. */
public enum ExportState {
    /** Waits for its turn. */
    QUEUED,
    /** Is being written. */
    RUNNING,
    /** The file is there. */
    DONE,
    /** There will be no file; the problem says why. */
    FAILED,
    /** There was a file; its time is over. */
    EXPIRED,
    /** Somebody did not want it any more. */
    CANCELLED;

    boolean isOpen() {
        return this == QUEUED || this == RUNNING;
    }
}
