package cloud.wuye.device.registry;

import org.eclipse.microprofile.graphql.Description;

/** Whether a device answers. */
@Description("Whether a device answers.")
public enum DeviceConnectivity {
    @Description("It has never been heard of.")
    UNKNOWN,
    @Description("It was heard of lately.")
    ONLINE,
    @Description("Its connection ended, or it has been silent too long.")
    OFFLINE
}
