package cloud.wuye.device.contract;

/** Why a message was parked instead of stored. The names are kept in the database and shown to people. */
public enum RejectReason {
    /** The topic is none of the contract's. */
    BAD_TOPIC,
    /** The bytes are not one JSON text in UTF-8. */
    NOT_JSON,
    /** JSON, but not of the shape the schema of this topic asks for. */
    SCHEMA,
    /** Longer than the contract allows. */
    TOO_LARGE,
    /** The registry knows no such device, or the gateway's item names no child of it. */
    UNKNOWN_DEVICE,
    /** The device exists, but under another tenant or class than the topic claims. */
    TRIPLE_MISMATCH,
    /** The property company is suspended. */
    SUSPENDED_TENANT,
    /** The device was taken out of service. */
    RETIRED_DEVICE,
    /** The data are older than the contract accepts. */
    TOO_LATE,
    /** The feature that owns this kind of message could not take it. */
    HANDLER_REFUSED
}
