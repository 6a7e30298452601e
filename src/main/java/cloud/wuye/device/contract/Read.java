package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Takes values out of JSON that its schema has accepted; absent values are null. */
final class Read {
    private Read() {}

    static String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null ? null : value.textValue();
    }

    static Boolean flag(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null ? null : value.booleanValue();
    }

    static Long integer(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null ? null : value.longValue();
    }

    static BigDecimal number(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null ? null : value.decimalValue();
    }

    static List<BigDecimal> numbers(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            return List.of();
        }
        BigDecimal[] numbers = new BigDecimal[value.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = value.get(i).decimalValue();
        }
        return List.of(numbers);
    }

    /** A counter: simulators and meters send binary-float noise, so it is rounded to what a register can show. */
    static BigDecimal decimal(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null
                ? null
                : new BigDecimal(value.textValue()).setScale(Contract.REGISTER_DECIMALS, RoundingMode.HALF_UP);
    }

    /** To the microsecond, which is what the database keeps. */
    static Instant instant(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null ? null : Timestamps.parse(value.textValue());
    }

    static <E extends Enum<E>> E word(JsonNode node, String field, Class<E> type) {
        return word(node, field, type, null);
    }

    static <E extends Enum<E>> E word(JsonNode node, String field, Class<E> type, E otherwise) {
        JsonNode value = node.get(field);
        return value == null ? otherwise : Enum.valueOf(type, value.textValue().toUpperCase(Locale.ROOT));
    }
}
