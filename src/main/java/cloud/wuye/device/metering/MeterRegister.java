package cloud.wuye.device.metering;

/** A counter of a meter; kWh for electricity, m³ for water. */
public enum MeterRegister {
    /** All that was taken, at every rate. */
    TOTAL,
    /** Energy given back to the grid. */
    EXPORT,
    /** Water that ran backwards. */
    REVERSE,
    /** Energy taken at the sharp rate (尖). */
    SHARP,
    /** Energy taken at the peak rate (峰). */
    PEAK,
    /** Energy taken at the flat rate (平). */
    FLAT,
    /** Energy taken at the valley rate (谷). */
    VALLEY,
    /** Energy taken at the deep-valley rate (深谷). */
    DEEP_VALLEY
}
