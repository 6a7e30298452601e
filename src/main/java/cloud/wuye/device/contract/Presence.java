package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Birth, heartbeat, farewell or last will.
 *
 * @param online whether the device is on line
 * @param boot the connection it speaks of, or null in an old device's will
 * @param ts when it was sent, or null in a will, which was written before its time
 * @param clock null in a will
 * @param heartbeatSeconds the longest silence of a healthy device, or null for what the registry says
 */
public record Presence(boolean online, String boot, Instant ts, ClockSource clock, Integer heartbeatSeconds)
        implements Payload {
    static Presence from(JsonNode message) {
        String clock = Read.text(message, "clk");
        Long heartbeat = Read.integer(message, "hb");
        return new Presence(
                message.get("online").booleanValue(),
                Read.text(message, "boot"),
                Read.instant(message, "ts"),
                clock == null ? null : ClockSource.of(clock),
                heartbeat == null ? null : heartbeat.intValue());
    }
}
