package cloud.wuye.device.contract;

/** What a message says. One record per message of the contract; the parser makes nothing else. */
public sealed interface Payload
        permits Presence, DeviceInfo, ReportedState, Telemetry, DeviceEvent, CommandAck, DeviceRequest, Bulk {}
