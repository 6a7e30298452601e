package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The contract's schema files as tests read them, and the general validator that knows all of JSON Schema. */
final class ContractFiles {
    static final Path FOLDER = Path.of("src/main/resources/contract/v1");
    static final String BASE = "https://wuye.cloud/contract/v1/";
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_7, builder -> builder.schemas(ContractFiles::textOf));
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private ContractFiles() {}

    /** File name → schema. */
    static Map<String, JsonNode> all() {
        Map<String, JsonNode> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                all.put(file.getFileName().toString(), JSON.readTree(file.toFile()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** The general validator's complaints. */
    static List<String> complaints(String file, String json) {
        Schema schema = SCHEMAS.computeIfAbsent(file, name -> REGISTRY.getSchema(SchemaLocation.of(BASE + name)));
        return schema
                .validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static String textOf(String iri) {
        try {
            return iri.startsWith(BASE) ? Files.readString(FOLDER.resolve(iri.substring(BASE.length()))) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
