package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * A sample of one socket of a charging pile; what the device left out is null.
 *
 * @param socket from 0
 * @param orderNo the session's order
 * @param power in W
 * @param energy of the session, in kWh
 * @param seconds of the session
 * @param voltage in V
 * @param current in A
 * @param temperature of the socket in °C
 * @param highestPower of the session, in W
 */
public record SocketTelemetry(
        int socket,
        String orderNo,
        SocketState state,
        BigDecimal power,
        BigDecimal energy,
        Long seconds,
        BigDecimal voltage,
        BigDecimal current,
        BigDecimal temperature,
        BigDecimal highestPower)
        implements Telemetry {

    static SocketTelemetry from(JsonNode data) {
        return new SocketTelemetry(
                data.get("sock").intValue(),
                Read.text(data, "order"),
                Read.word(data, "state", SocketState.class),
                Read.number(data, "p"),
                Read.decimal(data, "e"),
                Read.integer(data, "t"),
                Read.number(data, "u"),
                Read.number(data, "i"),
                Read.number(data, "tempPort"),
                Read.number(data, "pMax"));
    }
}
