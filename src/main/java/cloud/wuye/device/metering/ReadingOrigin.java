package cloud.wuye.device.metering;

/** How a reading came about. */
public enum ReadingOrigin {
    /** The meter sent it of its own accord. */
    PUSHED,
    /** A reading schedule asked for it. */
    SCHEDULED,
    /** A person asked for it. */
    ON_DEMAND,
    /** A person read it off the meter. */
    MANUAL,
    /** The counter when the meter was installed. */
    INITIAL,
    /** The counter when the meter was removed. */
    FINAL
}
