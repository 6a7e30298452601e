package cloud.wuye.device.metering;

import org.eclipse.microprofile.graphql.Description;

/** A counter of a meter; kWh for electricity, m³ for water. */
@Description("A counter of a meter; kWh for electricity, m³ for water.")
public enum MeterRegister {
    @Description("All that was taken, at every rate.")
    TOTAL,
    @Description("Energy given back to the grid.")
    EXPORT,
    @Description("Water that ran backwards.")
    REVERSE,
    @Description("Energy taken at the sharp rate (尖).")
    SHARP,
    @Description("Energy taken at the peak rate (峰).")
    PEAK,
    @Description("Energy taken at the flat rate (平).")
    FLAT,
    @Description("Energy taken at the valley rate (谷).")
    VALLEY,
    @Description("Energy taken at the deep-valley rate (深谷).")
    DEEP_VALLEY
}
