package cloud.wuye.device.registry;

import cloud.wuye.device.contract.DeviceClass;
import org.eclipse.microprofile.graphql.Description;

/** What a device is. */
@Description("What a device is.")
public enum DeviceKind {
    @Description("Measures electricity.")
    ELECTRICITY_METER(DeviceClass.EMETER),
    @Description("Measures water.")
    WATER_METER(DeviceClass.WMETER),
    @Description("Charges vehicles; has one or more sockets.")
    CHARGING_PILE(DeviceClass.CHARGER),
    @Description("Lets people through a door.")
    FACE_TERMINAL(DeviceClass.FACE),
    @Description("Speaks for the devices behind it.")
    GATEWAY(DeviceClass.GATEWAY);

    private final DeviceClass deviceClass;

    DeviceKind(DeviceClass deviceClass) {
        this.deviceClass = deviceClass;
    }

    /** Its class on the wire. */
    public DeviceClass deviceClass() {
        return deviceClass;
    }
}
