package cloud.wuye.device.contract;

/** A water meter's valve; open lets water through. */
public enum Valve {
    OPEN,
    CLOSED,
    FAULT,
    MOVING
}
