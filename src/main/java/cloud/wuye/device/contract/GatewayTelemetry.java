package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * A gateway's own health; what it left out is null.
 *
 * @param rssi signal strength in dBm
 * @param temperature inside, in °C
 * @param children how many of its children answer
 */
public record GatewayTelemetry(BigDecimal rssi, BigDecimal temperature, Long children) implements Telemetry {
    static GatewayTelemetry from(JsonNode data) {
        return new GatewayTelemetry(
                Read.number(data, "rssi"), Read.number(data, "temp"), Read.integer(data, "children"));
    }
}
