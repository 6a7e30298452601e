package cloud.wuye.device.contract;

/** A meter's breaker; closed lets current through. */
public enum Relay {
    OPEN,
    CLOSED
}
