package cloud.wuye.device.metering;

import org.eclipse.microprofile.graphql.Description;

/** How a reading came about. */
@Description("How a reading came about.")
public enum ReadingOrigin {
    @Description("The meter sent it of its own accord.")
    PUSHED,
    @Description("A reading schedule asked for it.")
    SCHEDULED,
    @Description("A person asked for it.")
    ON_DEMAND,
    @Description("A person read it off the meter.")
    MANUAL,
    @Description("The counter when the meter was installed.")
    INITIAL,
    @Description("The counter when the meter was removed.")
    FINAL
}
