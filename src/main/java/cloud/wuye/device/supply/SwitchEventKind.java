package cloud.wuye.device.supply;

import org.eclipse.microprofile.graphql.Description;

/** What an entry of the on/off log tells. */
@Description("What an entry of the on/off log tells.")
public enum SwitchEventKind {
    @Description("Something began to hold the device off.")
    HOLD_OPENED,
    @Description("Something ceased to hold the device off.")
    HOLD_RELEASED,
    @Description("The device reported that it is on.")
    SWITCHED_ON,
    @Description("The device reported that it is off.")
    SWITCHED_OFF,
    @Description("A switching command was not done, or nobody knows whether it was.")
    SWITCH_FAILED
}
