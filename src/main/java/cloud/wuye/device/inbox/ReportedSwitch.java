package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.Relay;
import cloud.wuye.device.contract.Valve;

/** What a device says of its breaker or valve. */
public enum ReportedSwitch {
    /** Power or water gets through. */
    ON,
    /** It does not. */
    OFF,
    /** A valve on its way. */
    MOVING,
    /** A valve that cannot move. */
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
