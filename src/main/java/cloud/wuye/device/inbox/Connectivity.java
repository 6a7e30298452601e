package cloud.wuye.device.inbox;

/** Whether a device answers. */
public enum Connectivity {
    /** It has never been heard of. */
    UNKNOWN,
    ONLINE,
    OFFLINE
}
