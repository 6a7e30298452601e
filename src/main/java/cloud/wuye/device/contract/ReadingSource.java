package cloud.wuye.device.contract;

/** Why a reading was taken. */
public enum ReadingSource {
    PUSHED,
    SCHEDULED,
    ON_DEMAND,
    INITIAL,
    FINAL
}
