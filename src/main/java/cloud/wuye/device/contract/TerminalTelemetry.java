package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * A sample of a face terminal.
 *
 * @param people persons enrolled
 * @param capacity persons it can hold, or null
 * @param temperature inside, in °C, or null
 */
public record TerminalTelemetry(long people, Long capacity, BigDecimal temperature) implements Telemetry {
    static TerminalTelemetry from(JsonNode data) {
        return new TerminalTelemetry(
                data.get("people").longValue(), Read.integer(data, "capacity"), Read.number(data, "temp"));
    }
}
