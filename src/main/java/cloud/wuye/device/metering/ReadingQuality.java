package cloud.wuye.device.metering;

import org.eclipse.microprofile.graphql.Description;

/** What is thought of a reading; may change when an older one turns up. */
@Description("What is thought of a reading; may change when an older one turns up.")
public enum ReadingQuality {
    @Description("Follows on from the one before; consumption is counted from it.")
    VALID,
    @Description("Cannot be true as it stands: kept and shown, never counted from.")
    SUSPECT,
    @Description("Not read but reckoned.")
    ESTIMATED,
    @Description("A person said it is wrong.")
    REJECTED
}
