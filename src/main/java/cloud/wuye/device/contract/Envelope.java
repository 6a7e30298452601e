package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/**
 * What stands round every message but presence.
 *
 * @param id the 128 bits of the ULID; the same for every repetition of the message
 * @param boot the connection (or start) of the device it was made in
 * @param seq its number within the boot, from 0
 * @param ts when the data were true, by the device's clock
 * @param clock where that clock gets its time from
 */
public record Envelope(UUID id, String boot, long seq, Instant ts, ClockSource clock) {
    static Envelope from(JsonNode message) {
        return new Envelope(
                Ulid.parse(message.get("id").textValue()),
                message.get("boot").textValue(),
                message.get("seq").longValue(),
                Read.instant(message, "ts"),
                ClockSource.of(message.get("clk").textValue()));
    }
}
