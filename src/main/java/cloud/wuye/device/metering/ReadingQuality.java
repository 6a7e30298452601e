package cloud.wuye.device.metering;

/** What is thought of a reading; may change when an older one turns up. */
public enum ReadingQuality {
    /** Follows on from the one before; consumption is counted from it. */
    VALID,
    /** Cannot be true as it stands: kept and shown, never counted from. */
    SUSPECT,
    /** Not read but reckoned. */
    ESTIMATED,
    /** A person said it is wrong. */
    REJECTED
}
