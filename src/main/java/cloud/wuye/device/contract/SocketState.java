package cloud.wuye.device.contract;

/** What a charging socket does. */
public enum SocketState {
    AVAILABLE,
    PREPARING,
    CHARGING,
    SUSPENDED,
    FINISHING,
    FAULTED
}
