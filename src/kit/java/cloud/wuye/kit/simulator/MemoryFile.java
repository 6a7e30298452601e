package cloud.wuye.kit.simulator;

import cloud.wuye.kit.KitException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The memories of a fleet between two runs: a meter does not forget its register when the program ends. */
final class MemoryFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    MemoryFile(Path file) {
        this.file = file;
    }

    Map<String, MeterMemory> read() {
        Map<String, MeterMemory> memories = new HashMap<>();
        if (Files.exists(file)) {
            try {
                JSON.readTree(file.toFile())
                        .properties()
                        .forEach(meter -> memories.put(meter.getKey(), memory(meter.getValue())));
            } catch (IOException e) {
                throw new KitException("Cannot read what the meters remember in " + file + ".", e);
            }
        }
        return memories;
    }

    void write(Map<String, MeterMemory> memories) {
        ObjectNode root = JSON.createObjectNode();
        memories.forEach((uid, memory) -> root.putObject(uid)
                .put("grains", memory.grains())
                .put("at", memory.at().toString())
                .put("supply", memory.supply())
                .put("version", memory.version())
                .put("desired", memory.desired())
                .put("purchase", memory.purchase())
                .put("order", memory.order())
                .put("credit", memory.credit())
                .put("starved", memory.starved()));
        Path half = file.resolveSibling(file.getFileName() + ".half");
        try {
            JSON.writeValue(half.toFile(), root);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new KitException("Cannot keep what the meters remember in " + file + ".", e);
        }
    }

    private static MeterMemory memory(JsonNode node) {
        return new MeterMemory(
                node.path("grains").asLong(),
                Instant.parse(node.path("at").asText()),
                node.path("supply").asBoolean(true),
                node.path("version").asLong(),
                node.path("desired").asLong(),
                node.path("purchase").asLong(),
                node.path("order").asText(),
                node.path("credit").asLong(),
                node.path("starved").asBoolean());
    }
}
