package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;

/** Something that happened at a device, told once and stored once. */
public sealed interface DeviceEvent extends Payload permits MeterEvent, ChargerEvent, FaceEvent, GatewayEvent {
    /** The event as it came, for the record of events. */
    JsonNode data();

    /** What happened, in the contract's word. */
    default String type() {
        return data().get("type").textValue();
    }
}
