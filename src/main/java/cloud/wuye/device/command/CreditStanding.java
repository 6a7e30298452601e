package cloud.wuye.device.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;

/**
 * How a meter's credit stands by the meter's own word, in the answer to a {@code credit.add}, {@code credit.set} or {@code
 * state.read}.
 *
 * @param purchase the purchase number now in the meter, 0 when nothing was ever bought; null when it does not say
 * @param order whose purchase that was, or null
 * @param credit in kWh, negative in overdraft, or null
 */
public record CreditStanding(Long purchase, String order, BigDecimal credit) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** By the answer to this command; all null when there was none. */
    public static CreditStanding after(DeviceCommand command) {
        if (command.result() == null) {
            return new CreditStanding(null, null, null);
        }
        try {
            return of(MAPPER.readTree(command.result()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON is not JSON", e);
        }
    }

    static CreditStanding of(JsonNode result) {
        JsonNode number = result.path("purchase");
        JsonNode credit = result.path("credit");
        return new CreditStanding(
                number.isIntegralNumber() ? number.longValue() : null,
                result.path("order").textValue(),
                credit.isTextual() ? new BigDecimal(credit.textValue()) : null);
    }
}
