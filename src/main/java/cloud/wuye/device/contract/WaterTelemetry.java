package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * A reading of a water meter; what the device left out is null.
 *
 * @param total water taken in m³, rounded half-up to {@link Contract#REGISTER_DECIMALS}
 * @param reverse water that ran backwards, in m³
 * @param flow in m³/h
 * @param temperature of the water in °C
 * @param valve the valve
 * @param batteryLow whether the battery is low
 * @param raw the meter's own status word, hexadecimal
 */
public record WaterTelemetry(
        BigDecimal total,
        BigDecimal reverse,
        BigDecimal flow,
        BigDecimal temperature,
        Valve valve,
        Boolean batteryLow,
        String raw,
        ReadingSource source,
        String commandId)
        implements MeterTelemetry {

    static WaterTelemetry from(JsonNode data) {
        String battery = Read.text(data, "battery");
        return new WaterTelemetry(
                Read.decimal(data.get("reg"), "total"),
                Read.decimal(data.get("reg"), "reverse"),
                Read.number(data, "flow"),
                Read.number(data, "temp"),
                Read.word(data, "valve", Valve.class),
                battery == null ? null : "low".equals(battery),
                Read.text(data, "raw"),
                Read.word(data, "source", ReadingSource.class, ReadingSource.PUSHED),
                Read.text(data, "cmd"));
    }
}
