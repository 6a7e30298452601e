package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * What a meter says is left of its credit.
 *
 * @param countedByMeter true when the meter itself counts it down
 * @param energy in kWh, negative in overdraft, or null
 * @param money in the minor unit, negative in overdraft, or null
 * @param currency ISO 4217, or null
 */
public record MeterCredit(boolean countedByMeter, BigDecimal energy, Long money, String currency) {
    static MeterCredit from(JsonNode credit) {
        return credit == null
                ? null
                : new MeterCredit(
                        "meter".equals(credit.get("mode").textValue()),
                        Read.decimal(credit, "energy"),
                        Read.integer(credit, "money"),
                        Read.text(credit, "currency"));
    }
}
