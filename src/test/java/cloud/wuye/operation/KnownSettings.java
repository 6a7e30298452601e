package cloud.wuye.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.ConfigMappings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The environment variables that the service understands: those of its own {@code @ConfigMapping}s, those that its
 * application.properties set or ask for, those of Quarkus that count at its start (from the models in its jars), and the MQTT
 * connector's attributes.
 */
final class KnownSettings {
    private static final Pattern ASKED_FOR = Pattern.compile("\\$\\{([a-z][a-z.-]+)");
    private static final Pattern ATTRIBUTE = Pattern.compile("^\\| \\*([a-z.-]+)\\*");

    private final List<Pattern> names = new ArrayList<>();

    KnownSettings() throws IOException {
        ofOurMappings();
        ofOurProperties();
        ofQuarkus();
        ofTheConnector();
    }

    boolean contain(String variable) {
        return names.stream().anyMatch(name -> name.matcher(variable).matches());
    }

    int size() {
        return names.size();
    }

    private void ofOurMappings() throws IOException {
        Path sources = Path.of("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains("\n@ConfigMapping(")) {
                    String name = sources.relativize(file).toString().replaceAll("[/\\\\]", ".");
                    ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(
                                    type(name.substring(0, name.length() - ".java".length()))))
                            .keySet()
                            .forEach(this::add);
                }
            }
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private void ofOurProperties() throws IOException {
        Path file = Path.of("src/main/resources/application.properties");
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        properties.stringPropertyNames().stream()
                .filter(name -> name.matches("(wuye|mp)\\..*"))
                .forEach(this::add);
        Matcher asked = ASKED_FOR.matcher(Files.readString(file));
        while (asked.find()) {
            add(asked.group(1));
        }
    }

    private void ofQuarkus() throws IOException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        for (URL model :
                Collections.list(loader.getResources("META-INF/quarkus-config-doc/quarkus-config-model.json"))) {
            try (InputStream in = model.openStream()) {
                for (JsonNode setting : new ObjectMapper().readTree(in).findParents("phase")) {
                    if (setting.path("phase").textValue().equals("RUN_TIME")) {
                        // __DATASOURCE_NAME__ stands for any name.
                        setting.findValuesAsText("environmentVariable")
                                .forEach(variable ->
                                        names.add(Pattern.compile(variable.replaceAll("__[A-Z_]+?__", "_[A-Z0-9]+_"))));
                    }
                }
            }
        }
    }

    private void ofTheConnector() throws IOException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = loader.getResourceAsStream("META-INF/connector/smallrye-mqtt-incoming.md")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                Matcher attribute = ATTRIBUTE.matcher(line);
                if (attribute.find()) {
                    add("mp.messaging.connector.smallrye-mqtt." + attribute.group(1));
                }
            });
        }
    }

    private void add(String setting) {
        StringBuilder pattern = new StringBuilder();
        for (String part : setting.split("\\*", -1)) {
            pattern.append(pattern.isEmpty() ? "" : "[A-Z0-9_]+")
                    .append(part.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT));
        }
        names.add(Pattern.compile(pattern.toString()));
    }
}
