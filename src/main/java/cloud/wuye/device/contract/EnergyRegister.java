package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** A register of an electricity meter, in kWh. */
public enum EnergyRegister {
    /** Energy taken, all rates. */
    IMPORT("import"),
    /** Energy given back. */
    EXPORT("export"),
    /** Taken at the sharp rate (尖). */
    SHARP("sharp"),
    /** Taken at the peak rate (峰). */
    PEAK("peak"),
    /** Taken at the flat rate (平). */
    FLAT("flat"),
    /** Taken at the valley rate (谷). */
    VALLEY("valley"),
    /** Taken at the deep-valley rate (深谷). */
    DEEP_VALLEY("deepValley");

    private static final EnergyRegister[] ALL = values();

    private final String word;

    EnergyRegister(String word) {
        this.word = word;
    }

    static Map<EnergyRegister, BigDecimal> read(JsonNode registers) {
        Map<EnergyRegister, BigDecimal> read = new EnumMap<>(EnergyRegister.class);
        for (EnergyRegister each : ALL) {
            BigDecimal value = Read.decimal(registers, each.word);
            if (value != null) {
                read.put(each, value);
            }
        }
        return Collections.unmodifiableMap(read);
    }
}
