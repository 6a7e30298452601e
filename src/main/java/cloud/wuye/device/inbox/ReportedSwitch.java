package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.Relay;
import cloud.wuye.device.contract.Valve;
import org.eclipse.microprofile.graphql.Description;

/** What a device says of its breaker or valve. */
@Description("What a device says of its breaker or valve.")
public enum ReportedSwitch {
    @Description("Power or water gets through.")
    ON,
    @Description("It does not.")
    OFF,
    @Description("A valve on its way.")
    MOVING,
    @Description("A valve that cannot move.")
    FAULT;

    static ReportedSwitch of(Relay relay, Valve valve) {
        if (relay != null) {
            return relay == Relay.CLOSED ? ON : OFF;
        }
        if (valve == null) {
            return null;
        }
        return switch (valve) {
            case OPEN -> ON;
            case CLOSED -> OFF;
            case MOVING -> MOVING;
            case FAULT -> FAULT;
        };
    }
}
