package cloud.wuye.device.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The inbox checks messages with its own compiled form of the schemas. This proves that it says yes and no to the same
 * messages as the general validator: on messages grown from the schemas themselves, at and beyond every bound, and on the
 * examples with parts broken.
 */
class ContractEquivalenceTest {
    private static final MessageParser PARSER = new MessageParser();
    private static final Map<String, JsonNode> FILES = ContractFiles.all();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "9f3a",
            "9f3a\n",
            "01KAN8ZQX3M4N5P6Q7R8S9T0V0",
            "01kan8zqx3m4n5p6q7r8s9t0v0",
            "81KAN8ZQX3M4N5P6Q7R8S9T0V0",
            "2026-11-22T10:15:30.123Z",
            "2026-02-30T10:15:30Z",
            "2026-11-22T10:15:30+08:00",
            "2024-02-29T00:00:00.123456789Z",
            "2026-11-22T24:00:00Z",
            "0000-01-01T00:00:00Z",
            "12345.720000000001",
            "00.5",
            "-1.5",
            "1.",
            ".5",
            "1e3",
            "12345678901",
            "em-0017-1",
            "Em-1",
            "relay.set",
            "ZJ00239J0012",
            "éèê",
            "\uD83D\uDE00",
            "0".repeat(64),
            "x".repeat(65),
            "x".repeat(513),
            "CNY",
            "2184",
            "NaN",
            "true",
            "closed",
            "open",
            "ntp");
    private static int accepted;
    private static int refused;

    @Property(tries = 6000)
    void compiledShapesAndTheGeneralValidatorAgree(@ForAll("cases") Case each) {
        byte[] json = each.json.getBytes(StandardCharsets.UTF_8);
        String ours;
        try {
            PARSER.parse(each.topic, json);
            ours = "";
        } catch (Rejection rejection) {
            ours = rejection.getMessage();
        }
        List<String> theirs = ContractFiles.complaints(each.file(), each.json);
        assertEquals(theirs.isEmpty(), ours.isEmpty(), () -> each.file() + "\n" + each.json + "\ntheirs: " + theirs);
        if (theirs.isEmpty()) {
            accepted++;
        } else {
            refused++;
        }
    }

    @AfterContainer
    static void bothVerdictsWereSeenOften() {
        assertTrue(accepted > 500 && refused > 500, accepted + " accepted, " + refused + " refused");
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.longs().map(ContractEquivalenceTest::grow);
    }

    record Case(Topic topic, String json) {
        String file() {
            return MessageParser.schemaName(topic.deviceClass(), topic.channel());
        }
    }

    private static Case grow(long seed) {
        Random random = new Random(seed);
        DeviceClass deviceClass = pick(random, List.of(DeviceClass.values()));
        Channel channel = pick(random, List.of(Channel.values()));
        if (channel == Channel.BULK) {
            deviceClass = DeviceClass.GATEWAY;
        }
        Topic topic = new Topic("acme", deviceClass, "em-0017-1", channel);
        String file = MessageParser.schemaName(deviceClass, channel);
        JsonNode schema = FILES.get(file);
        double wildness = random.nextInt(3) * 0.04;
        JsonNode message = random.nextBoolean()
                ? value(random, file, schema, wildness)
                : broken(random, pick(random, list(schema.get("examples"))).deepCopy(), random.nextInt(3));
        return new Case(topic, message.toString());
    }

    /** A value that fits the schema, unless wildness has its way. */
    private static JsonNode value(Random random, String file, JsonNode schema, double wildness) {
        if (random.nextDouble() < wildness) {
            return anything(random, 2);
        }
        ObjectNode flat = NODES.objectNode();
        String home = flatten(file, schema, flat);
        if (flat.has("const")) {
            return flat.get("const");
        }
        if (flat.has("enum")) {
            return pick(random, list(flat.get("enum")));
        }
        if (flat.has("properties")) {
            return object(random, home, flat, wildness);
        }
        return switch (flat.path("type").asText()) {
            case "array" -> array(random, home, flat, wildness);
            case "string" -> NODES.textNode(text(random, flat));
            case "number" -> number(random, flat, false);
            case "integer" -> number(random, flat, true);
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            default -> NODES.objectNode();
        };
    }

    private static ObjectNode object(Random random, String file, JsonNode schema, double wildness) {
        ObjectNode object = NODES.objectNode();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(each -> required.add(each.textValue()));
        schema.get("properties").properties().forEach(each -> {
            double chance = required.contains(each.getKey()) ? 1 - wildness : 0.7;
            if (random.nextDouble() < chance) {
                object.set(each.getKey(), value(random, file(each.getValue(), file), node(each.getValue()), wildness));
            }
        });
        if (random.nextDouble() < 0.1) {
            object.set("unknown", anything(random, 1));
        }
        return object;
    }

    private static ArrayNode array(Random random, String file, JsonNode schema, double wildness) {
        ArrayNode array = NODES.arrayNode();
        int least = schema.path("minItems").asInt(0) - (random.nextDouble() < wildness ? 1 : 0);
        int size = Math.max(0, least + random.nextInt(4));
        for (int i = 0; i < size; i++) {
            array.add(value(random, file, schema.get("items"), wildness));
        }
        return array;
    }

    private static String text(Random random, JsonNode schema) {
        String pattern = schema.path("pattern").asText("");
        List<String> fitting = TEXTS.stream()
                .filter(each -> pattern.isEmpty()
                        || each.matches(pattern.replace("^", "").replace("$", "")))
                .filter(each -> each.codePointCount(0, each.length())
                        >= schema.path("minLength").asInt(0))
                .filter(each -> each.codePointCount(0, each.length())
                        <= schema.path("maxLength").asInt(10_000))
                .toList();
        return fitting.isEmpty() || random.nextInt(25) == 0 ? pick(random, TEXTS) : pick(random, fitting);
    }

    private static JsonNode number(Random random, JsonNode schema, boolean whole) {
        BigDecimal low = schema.path("minimum").decimalValue();
        BigDecimal high = schema.has("maximum") ? schema.get("maximum").decimalValue() : BigDecimal.TEN;
        BigDecimal middle = low.add(high).divide(BigDecimal.valueOf(2));
        List<BigDecimal> values = List.of(
                low,
                high,
                whole ? middle.setScale(0, java.math.RoundingMode.FLOOR) : middle,
                BigDecimal.ONE,
                new BigDecimal("1.0"));
        List<BigDecimal> beyond = List.of(
                low.subtract(BigDecimal.ONE),
                high.add(BigDecimal.ONE),
                new BigDecimal("1.5"),
                new BigDecimal("1e3"),
                new BigDecimal("-0.0"));
        return NODES.numberNode(random.nextInt(25) == 0 ? pick(random, beyond) : pick(random, values));
    }

    /** Puts a schema and all it refers to and joins into one; returns the file its own references start from. */
    private static String flatten(String file, JsonNode schema, ObjectNode into) {
        String home = file;
        if (schema.has("$ref")) {
            String reference = schema.get("$ref").textValue();
            int hash = reference.indexOf('#');
            home = hash == 0 ? file : reference.substring(0, hash < 0 ? reference.length() : hash);
            home = flatten(home, FILES.get(home).at(hash < 0 ? "" : reference.substring(hash + 1)), into);
        }
        for (JsonNode part : schema.path("allOf")) {
            if (!part.has("if")) {
                flatten(file, part, into);
            }
        }
        String here = home;
        schema.properties().forEach(each -> merge(into, each.getKey(), each.getValue(), file));
        return here;
    }

    /** Properties remember the file they came from, because their references start there. */
    private static void merge(ObjectNode into, String keyword, JsonNode value, String file) {
        if (keyword.equals("properties")) {
            ObjectNode properties = into.withObjectProperty("properties");
            value.properties().forEach(each -> {
                ObjectNode tagged = NODES.objectNode().put("file", file);
                tagged.set("schema", each.getValue());
                properties.set(each.getKey(), tagged);
            });
        } else if (keyword.equals("required") && into.has("required")) {
            ((ArrayNode) into.get("required")).addAll((ArrayNode) value);
        } else {
            into.set(keyword, value.deepCopy());
        }
    }

    private static String file(JsonNode tagged, String otherwise) {
        return tagged.has("file") ? tagged.get("file").textValue() : otherwise;
    }

    private static JsonNode node(JsonNode tagged) {
        return tagged.has("schema") ? tagged.get("schema") : tagged;
    }

    /** Breaks some places of a good message. */
    private static JsonNode broken(Random random, JsonNode message, int times) {
        for (int i = 0; i < times; i++) {
            List<ObjectNode> objects = new ArrayList<>();
            collect(message, objects);
            ObjectNode place = pick(random, objects);
            List<String> names = new ArrayList<>();
            place.fieldNames().forEachRemaining(names::add);
            if (!names.isEmpty()) {
                String name = pick(random, names);
                if (random.nextInt(3) == 0) {
                    place.remove(name);
                } else {
                    place.set(name, anything(random, 1));
                }
            }
        }
        return message;
    }

    private static void collect(JsonNode node, List<ObjectNode> into) {
        if (node instanceof ObjectNode object) {
            into.add(object);
        }
        node.forEach(each -> collect(each, into));
    }

    private static JsonNode anything(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 ->
                NODES.numberNode(pick(
                        random,
                        List.of(
                                BigDecimal.ZERO,
                                new BigDecimal("-1"),
                                new BigDecimal("1.0"),
                                new BigDecimal("256"),
                                new BigDecimal("0.5"),
                                new BigDecimal("9007199254740992"),
                                new BigDecimal("-1e-7"))));
            case 3, 4, 5 -> NODES.textNode(pick(random, TEXTS));
            case 6 -> NODES.arrayNode().add(anything(random, depth - 1));
            default ->
                NODES.objectNode()
                        .set(pick(random, List.of("sock", "reg", "type", "uid", "x")), anything(random, depth - 1));
        };
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
