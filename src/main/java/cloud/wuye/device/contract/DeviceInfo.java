package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the device is.
 *
 * @param model the maker's model name
 * @param firmware its version
 * @param serial the number on the type plate, or null
 * @param heartbeatSeconds the longest silence of a healthy device, or null
 * @param data all of it, as it came
 */
public record DeviceInfo(String model, String firmware, String serial, Integer heartbeatSeconds, JsonNode data)
        implements Payload {
    static DeviceInfo from(JsonNode data) {
        Long heartbeat = Read.integer(data, "hb");
        return new DeviceInfo(
                Read.text(data, "model"),
                Read.text(data, "fw"),
                Read.text(data, "serial"),
                heartbeat == null ? null : heartbeat.intValue(),
                data);
    }
}
