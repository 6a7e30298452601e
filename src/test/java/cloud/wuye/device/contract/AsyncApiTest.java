package cloud.wuye.device.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The published contract is a well-formed AsyncAPI 3.0 document, complete, and true: what it shows as an example the inbox
 * accepts.
 */
class AsyncApiTest {
    private static final Path HOME = Path.of("docs/contract");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonNode DOCUMENT = read(HOME.resolve("asyncapi.yaml"));
    private static final MessageParser PARSER = new MessageParser();

    @Test
    void hasTheStructureThatAsyncApiDemands() {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
        var structure = registry.getSchema(
                AsyncApiTest.class.getResourceAsStream("/asyncapi-3.0-structure.json"),
                com.networknt.schema.InputFormat.JSON);
        var complaints = structure.validate(
                DOCUMENT, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        assertEquals(List.of(), complaints);
    }

    @Test
    void theStructureCheckSeesMistakes() {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
        var structure = registry.getSchema(
                AsyncApiTest.class.getResourceAsStream("/asyncapi-3.0-structure.json"),
                com.networknt.schema.InputFormat.JSON);
        String text = DOCUMENT.toString();
        for (String[] change : new String[][] {
            {"\"action\":\"receive\"", "\"action\":\"subscribe\""},
            {"\"address\":", "\"adress\":"},
            {"\"asyncapi\":\"3.0.0\"", "\"asyncapi\":\"2.6.0\""},
            {"\"qos\":1", "\"qos\":3"},
            {"draft-07", "draft-99"}
        }) {
            assertTrue(text.contains(change[0]), change[0]);
            JsonNode wrong = YAML.readTree(text.replace(change[0], change[1]));
            assertFalse(structure.validate(wrong).isEmpty(), change[1]);
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> loose = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        follow(DOCUMENT, HOME.resolve("asyncapi.yaml"), loose, seen);
        assertEquals(List.of(), loose);
        assertTrue(seen.size() > 40, seen::toString);
    }

    @Test
    void parametersAreThoseOfTheAddress() {
        Pattern braces = Pattern.compile("\\{([^}]+)}");
        Set<String> addresses = new HashSet<>();
        DOCUMENT.get("channels").properties().forEach(channel -> {
            String address = channel.getValue().get("address").asString();
            Set<String> wanted = new TreeSet<>();
            braces.matcher(address).results().forEach(each -> wanted.add(each.group(1)));
            assertEquals(wanted, names(channel.getValue().get("parameters")), channel.getKey());
            assertTrue(addresses.add(address), "two channels at " + address);
        });
    }

    @Test
    void operationsNameMessagesOfTheirOwnChannel() {
        Set<String> used = new HashSet<>();
        DOCUMENT.get("operations").properties().forEach(operation -> {
            checkMessages(operation.getKey(), operation.getValue(), used);
            if (operation.getValue().has("reply")) {
                checkMessages(operation.getKey(), operation.getValue().get("reply"), used);
            }
        });
        Set<String> channels = new TreeSet<>();
        names(DOCUMENT.get("channels")).forEach(name -> channels.add("#/channels/" + name));
        assertEquals(channels, new TreeSet<>(used), "every channel has an operation");
    }

    private static void checkMessages(String name, JsonNode operation, Set<String> used) {
        String channel = operation.at("/channel/$ref").asString();
        used.add(channel);
        operation
                .get("messages")
                .forEach(each -> assertTrue(
                        each.get("$ref").asString().startsWith(channel + "/messages/"), () -> name + ": " + each));
    }

    @Test
    void everyTopicTheInboxTakesStandsInItWithTheSchemaTheInboxUses() {
        for (DeviceClass deviceClass : DeviceClass.values()) {
            for (Channel channel : Channel.values()) {
                if (channel == Channel.BULK && deviceClass != DeviceClass.GATEWAY) {
                    continue;
                }
                String topic = new Topic("acme", deviceClass, "em-0017-1", channel).toString();
                List<String> files = new ArrayList<>();
                DOCUMENT.get("channels").forEach(each -> {
                    if (topic.matches(each.get("address").asString().replaceAll("\\{[^}]+}", "[^/]+"))) {
                        each.get("messages").forEach(message -> files.add(schemaFile(resolve(message))));
                    }
                });
                assertEquals(List.of(MessageParser.schemaName(deviceClass, channel)), files, topic);
            }
        }
    }

    @Test
    void everyExampleIsTrue() throws Rejection {
        int upward = 0;
        for (Map.Entry<String, JsonNode> channel : DOCUMENT.get("channels").properties()) {
            String address = channel.getValue().get("address").asString();
            for (JsonNode reference : channel.getValue().get("messages")) {
                JsonNode message = resolve(reference);
                assertFalse(message.get("examples").isEmpty(), channel.getKey());
                for (JsonNode example : message.get("examples")) {
                    String json = example.get("payload").toString();
                    assertEquals(List.of(), ContractFiles.complaints(schemaFile(message), json), json);
                    if (address.contains("/up/")) {
                        Topic topic = Topic.parse(address.replace("{tenant}", "acme")
                                .replace("{class}", "emeter")
                                .replace("{uid}", "em-0017-1"));
                        PARSER.parse(topic, json.getBytes(StandardCharsets.UTF_8));
                        upward++;
                    }
                }
            }
        }
        assertTrue(upward > 25, upward + " examples");
    }

    @Test
    void examplesAreThoseOfTheSchemas() {
        DOCUMENT.at("/components/messages").forEach(message -> {
            JsonNode schema = YAML.readTree(ContractFiles.FOLDER.resolve(schemaFile(message)));
            List<JsonNode> shown = new ArrayList<>();
            message.get("examples").forEach(each -> shown.add(each.get("payload")));
            List<JsonNode> meant = new ArrayList<>();
            schema.get("examples").forEach(meant::add);
            assertEquals(meant, shown, schemaFile(message));
        });
    }

    private static void follow(JsonNode node, Path file, List<String> loose, Set<String> seen) {
        if (node.isObject() && node.has("$ref")) {
            String reference = node.get("$ref").asString();
            if (!seen.add(file.getFileName() + " → " + reference)) {
                return;
            }
            int hash = reference.indexOf('#');
            String name = hash < 0 ? reference : reference.substring(0, hash);
            Path target = name.isEmpty() ? file : file.resolveSibling(name).normalize();
            JsonNode found =
                    Files.exists(target) ? read(target).at(hash < 0 ? "" : reference.substring(hash + 1)) : null;
            if (found == null || found.isMissingNode()) {
                loose.add(file + " → " + reference);
            } else {
                follow(found, target, loose, seen);
            }
        }
        node.forEach(each -> follow(each, file, loose, seen));
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asString().substring(1)) : node;
    }

    private static String schemaFile(JsonNode message) {
        return Path.of(message.at("/payload/schema/$ref").asString())
                .getFileName()
                .toString();
    }

    private static Set<String> names(JsonNode object) {
        return new TreeSet<>(object.propertyNames());
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
