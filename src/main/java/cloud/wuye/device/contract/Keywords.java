package cloud.wuye.device.contract;

import cloud.wuye.device.contract.Shape.Check;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The keywords of JSON Schema that the contract uses, each as a check. */
final class Keywords {
    private Keywords() {}

    static Check type(String type) {
        return switch (type) {
            case "object" -> expect("an object", JsonNode::isObject);
            case "array" -> expect("an array", JsonNode::isArray);
            case "string" -> expect("a string", JsonNode::isTextual);
            case "boolean" -> expect("true or false", JsonNode::isBoolean);
            case "number" -> expect("a number", JsonNode::isNumber);
            case "integer" -> expect("a whole number", Keywords::isWhole);
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private static Check expect(String what, Predicate<JsonNode> test) {
        return value -> test.test(value) ? null : new Fault("must be " + what);
    }

    /** 1.0 is a whole number to JSON Schema. */
    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber()
                || value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    static Check properties(Map<String, Shape> shapes) {
        String[] names = shapes.keySet().toArray(String[]::new);
        Shape[] each = shapes.values().toArray(Shape[]::new);
        return value -> {
            for (int i = 0; i < names.length && value.isObject(); i++) {
                JsonNode property = value.get(names[i]);
                Fault fault = property == null ? null : each[i].fault(property);
                if (fault != null) {
                    return fault.under(names[i]);
                }
            }
            return null;
        };
    }

    static Check required(JsonNode names) {
        List<String> required = texts(names);
        return value -> {
            if (value.isObject()) {
                for (String name : required) {
                    if (!value.has(name)) {
                        return new Fault("is required").under(name);
                    }
                }
            }
            return null;
        };
    }

    static Check items(Shape shape) {
        return value -> {
            for (int i = 0; value.isArray() && i < value.size(); i++) {
                Fault fault = shape.fault(value.get(i));
                if (fault != null) {
                    return fault.under(Integer.toString(i));
                }
            }
            return null;
        };
    }

    static Check oneOf(JsonNode values) {
        Set<String> words = Set.copyOf(texts(values));
        return value ->
                value.isTextual() && words.contains(value.textValue()) ? null : new Fault("must be one of " + words);
    }

    static Check constant(JsonNode constant) {
        BigDecimal number = constant.isNumber() ? constant.decimalValue() : null;
        return value -> {
            boolean same = number == null
                    ? constant.equals(value)
                    : value.isNumber() && value.decimalValue().compareTo(number) == 0;
            return same ? null : new Fault("must be " + constant);
        };
    }

    /** Patterns are anchored at both ends: elsewhere Java's and ECMA's expressions differ, and so would verdicts. */
    static Check pattern(String expression) {
        if (!expression.startsWith("^") || !expression.endsWith("$")) {
            throw new IllegalArgumentException("not anchored: " + expression);
        }
        Pattern pattern = Pattern.compile(expression.substring(1, expression.length() - 1));
        return value -> !value.isTextual() || pattern.matcher(value.textValue()).matches()
                ? null
                : new Fault("must match " + expression);
    }

    static Check dateTime(JsonNode schema) {
        if (!"date-time".equals(schema.get("format").textValue()) || !schema.has("pattern")) {
            throw new IllegalArgumentException("only date-time beside a pattern");
        }
        return value -> {
            try {
                return value.isTextual() && Timestamps.parse(value.textValue()) == null ? new Fault("") : null;
            } catch (DateTimeException e) {
                return new Fault("is no date of the calendar");
            }
        };
    }

    static Check bound(String keyword, BigDecimal limit) {
        int wrong = keyword.equals("minimum") ? -1 : 1;
        return value -> value.isNumber() && value.decimalValue().compareTo(limit) == wrong
                ? new Fault("breaks " + keyword + " " + limit)
                : null;
    }

    static Check size(String keyword, int limit) {
        boolean least = keyword.startsWith("min");
        boolean ofText = keyword.endsWith("Length");
        return value -> {
            if (ofText ? !value.isTextual() : !value.isArray()) {
                return null;
            }
            int size = ofText
                    ? value.textValue().codePointCount(0, value.textValue().length())
                    : value.size();
            return (least ? size < limit : size > limit) ? new Fault("breaks " + keyword + " " + limit) : null;
        };
    }

    static Check ifThen(Shape condition, Shape then) {
        return value -> condition.fault(value) == null ? then.fault(value) : null;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.textValue()));
        return List.copyOf(texts);
    }
}
