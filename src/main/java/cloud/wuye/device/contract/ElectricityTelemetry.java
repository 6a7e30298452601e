package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A reading of an electricity meter. Counters are rounded half-up to {@link Contract#REGISTER_DECIMALS}; what the device
 * left out is null.
 *
 * @param registers energy in kWh; the import register is always there
 * @param power active power in W, negative when given back
 * @param powerFactor of the moment
 * @param voltages in V, one a phase; empty when left out
 * @param currents in A, one a phase; empty when left out
 * @param frequency in Hz
 * @param temperature of the terminals in °C
 * @param relay the breaker
 * @param credit what is left of the credit
 */
public record ElectricityTelemetry(
        Map<EnergyRegister, BigDecimal> registers,
        BigDecimal power,
        BigDecimal powerFactor,
        List<BigDecimal> voltages,
        List<BigDecimal> currents,
        BigDecimal frequency,
        BigDecimal temperature,
        Relay relay,
        MeterCredit credit,
        ReadingSource source,
        String commandId)
        implements MeterTelemetry {

    static ElectricityTelemetry from(JsonNode data) {
        return new ElectricityTelemetry(
                EnergyRegister.read(data.get("reg")),
                Read.number(data, "p"),
                Read.number(data, "pf"),
                Read.numbers(data, "u"),
                Read.numbers(data, "i"),
                Read.number(data, "f"),
                Read.number(data, "temp"),
                Read.word(data, "relay", Relay.class),
                MeterCredit.from(data.get("credit")),
                Read.word(data, "source", ReadingSource.class, ReadingSource.PUSHED),
                Read.text(data, "cmd"));
    }

    /** Energy taken at all rates, in kWh. */
    public BigDecimal total() {
        return registers.get(EnergyRegister.IMPORT);
    }
}
