package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something the device asks for.
 *
 * @param what what
 * @param deviceMillis for TIME: its own milliseconds at sending; else null
 * @param data all of it, as it came
 */
public record DeviceRequest(What what, Long deviceMillis, JsonNode data) implements Payload {

    /** What a device may ask for. */
    public enum What {
        TIME,
        FACES,
        FIRMWARE
    }

    static DeviceRequest from(JsonNode data) {
        return new DeviceRequest(Read.word(data, "what", What.class), Read.integer(data, "t0"), data);
    }
}
