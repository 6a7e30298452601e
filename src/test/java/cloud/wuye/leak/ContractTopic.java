package cloud.wuye.leak;

import cloud.wuye.device.contract.DeviceClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A channel of the published contract for one class of device. {@code AsyncApiTest} holds the contract against the code,
 * so a channel added there stands here.
 *
 * @param address with {@code {tenant}} and {@code {uid}} still open
 * @param examples what the contract shows as its payload
 */
record ContractTopic(DeviceClass deviceClass, String address, List<JsonNode> examples) {
    private static final Path CONTRACT = Path.of("docs/contract/asyncapi.yaml");

    /** What devices send. */
    static List<ContractTopic> up() {
        return all().filter(each -> each.address.contains("/up/")).toList();
    }

    /** What devices are sent. */
    static List<ContractTopic> down() {
        return all().filter(each -> each.address.contains("/down/")).toList();
    }

    String of(String tenant, String uid) {
        return address.replace("{tenant}", tenant).replace("{uid}", uid);
    }

    private static Stream<ContractTopic> all() {
        JsonNode document = document();
        return document.get("channels").valueStream().flatMap(channel -> {
            String address = channel.get("address").asString();
            List<JsonNode> examples = new ArrayList<>();
            for (JsonNode message : channel.get("messages")) {
                JsonNode target = document.at(message.get("$ref").asString().substring(1));
                target.get("examples").forEach(example -> examples.add(example.get("payload")));
            }
            return Stream.of(DeviceClass.values())
                    .filter(each -> address.contains("{class}") || address.contains("/" + each.word() + "/"))
                    .map(each -> new ContractTopic(each, address.replace("{class}", each.word()), examples));
        });
    }

    private static JsonNode document() {
        try {
            return new YAMLMapper().readTree(Files.readString(CONTRACT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
