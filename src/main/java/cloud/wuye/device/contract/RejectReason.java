package cloud.wuye.device.contract;

import org.eclipse.microprofile.graphql.Description;

/** Why a message was parked instead of stored. The names are kept in the database and shown to people. */
@Description("Why a message from a device was not taken.")
public enum RejectReason {
    @Description("The topic is none of the contract's.")
    BAD_TOPIC,
    @Description("Not one JSON text in UTF-8.")
    NOT_JSON,
    @Description("JSON, but not of the shape the contract asks for.")
    SCHEMA,
    @Description("Longer than the contract allows.")
    TOO_LARGE,
    @Description("No such device is registered, or the gateway has no such child.")
    UNKNOWN_DEVICE,
    @Description("The device is registered under another company or class than the topic claims.")
    TRIPLE_MISMATCH,
    @Description("The company is suspended.")
    SUSPENDED_TENANT,
    @Description("The device is disabled for now.")
    DISABLED_DEVICE,
    @Description("The device was taken out of service.")
    RETIRED_DEVICE,
    @Description("The data are older than the contract accepts.")
    TOO_LATE,
    @Description("What it is about could not be stored; the detail says why.")
    HANDLER_REFUSED,
    @Description(
            "So much of this sender was not taken within an hour that the rest was only counted: `times` says how many.")
    TOO_MANY
}
