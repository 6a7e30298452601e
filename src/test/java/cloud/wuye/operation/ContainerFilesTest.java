package cloud.wuye.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images are built without running anything in them, and the chart runs them as they are. */
class ContainerFilesTest {
    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void theImageIsWhatTheChartRuns(String flavour) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/main/docker/Dockerfile." + flavour));
        JsonNode values =
                new YAMLMapper().readTree(Path.of("helm/wuye-cloud/values.yaml").toFile());
        // Nothing but copies: no package manager, no clock, no network.
        assertEquals(
                Set.of("ARG", "FROM", "LABEL", "COPY", "USER", "WORKDIR", "EXPOSE", "ENTRYPOINT"),
                lines.stream()
                        .filter(line -> line.matches("[A-Z]+ .*"))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .collect(Collectors.toSet()));
        JsonNode user = values.path("podSecurityContext");
        assertEquals(
                user.path("runAsUser").asInt() + ":" + user.path("runAsGroup").asInt(), argument(lines, "USER"));
        List<String> command = new ArrayList<>();
        values.path("flavours").path(flavour).path("command").forEach(word -> command.add(word.textValue()));
        values.path("flavours").path(flavour).path("args").forEach(word -> command.add(word.textValue()));
        List<String> entry = new ArrayList<>();
        new ObjectMapper().readTree(argument(lines, "ENTRYPOINT")).forEach(word -> entry.add(word.textValue()));
        assertEquals(command, entry);
        assertTrue(argument(lines, "ARG BASE").matches("=[a-z0-9./-]+:[a-z0-9._-]+"), "a tag that is not 'latest'");
    }

    private static String argument(List<String> lines, String instruction) {
        return lines.stream()
                .filter(line -> line.startsWith(instruction))
                .map(line -> line.substring(instruction.length()).strip())
                .findFirst()
                .orElseThrow();
    }
}
