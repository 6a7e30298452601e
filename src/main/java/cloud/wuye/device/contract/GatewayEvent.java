package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event of a gateway.
 *
 * @param child the child that stopped or began to answer, or null for an alarm
 * @param online whether that child answers, or null for an alarm
 * @param code which alarm, or null
 * @param active whether the alarm stands, or null
 */
public record GatewayEvent(String child, Boolean online, String code, Boolean active, JsonNode data)
        implements DeviceEvent {
    static GatewayEvent from(JsonNode data) {
        return new GatewayEvent(
                Read.text(data, "uid"),
                Read.flag(data, "online"),
                Read.text(data, "code"),
                Read.flag(data, "active"),
                data);
    }
}
