package cloud.wuye.device.supply;

import org.eclipse.microprofile.graphql.Description;

/** Whether power or water gets through. */
@Description("Whether power or water gets through.")
public enum SwitchState {
    @Description("It gets through: the relay is closed, the valve open.")
    ON,
    @Description("It does not: the relay is open, the valve closed.")
    OFF
}
