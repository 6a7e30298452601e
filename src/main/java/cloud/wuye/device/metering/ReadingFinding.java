package cloud.wuye.device.metering;

/** What was noticed about a reading. */
public enum ReadingFinding {
    /** The counter passed its highest number and began anew; counted. */
    ROLLOVER,
    /** Lower than the one before, and not by a rollover. */
    NEGATIVE,
    /** More than the meter can carry in that time. */
    JUMP,
    /** The meter was not installed anywhere then. */
    NOT_INSTALLED
}
