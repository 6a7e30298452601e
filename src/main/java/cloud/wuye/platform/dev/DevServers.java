package cloud.wuye.platform.dev;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;

/**
 * Starts the kit for {@code quarkus:dev}. A server that the developer configured (its address is set) is left to them.
 *
 * <p>The kit's answers become system properties, so they outrank {@code application.properties}; which ones are ours is
 * remembered there too, because a live reload runs all this again with new classes in the old JVM.
 */
final class DevServers {
    private static final String OURS = "wuye.kit.settings";

    private final Path build;
    private final Config config;

    /** Build is the directory with the kit's classes. */
    DevServers(Path build, Config config) {
        this.build = build.toAbsolutePath();
        this.config = config;
    }

    void start() {
        forgetOurs();
        endWithBuildTool();
        List<OutsideServer> configured = OutsideServer.configured(config);
        if (configured.size() == OutsideServer.values().length) {
            return;
        }
        String directory = text("wuye.kit.dir", build.resolveSibling(".wuye").toString());
        Properties kit = KitProcess.in(build, Path.of(directory).toAbsolutePath(), options(configured));
        announce(settings(kit));
    }

    private List<String> options(List<OutsideServer> configured) {
        List<String> options = new ArrayList<>(
                List.of("--auth-url=http://127.0.0.1:" + text("quarkus.http.port", "8080") + KitSettings.DEVICE_DOOR));
        configured.forEach(server -> options.add(server.leaveOut()));
        if (config.getOptionalValue("wuye.payment.wechat.host", String.class).isEmpty()) {
            options.add("--payment-port=" + text("wuye.kit.payment-port", "18090"));
        }
        if (configured.isEmpty() && Boolean.parseBoolean(text("wuye.kit.demo", "true"))) {
            options.add("--demo=http://localhost:" + text("quarkus.http.port", "8080"));
        }
        if (Boolean.parseBoolean(text("wuye.kit.reset", "false"))) {
            options.add("--reset");
        }
        for (String port : List.of("postgres-port", "mqtt-port", "keycloak-port")) {
            config.getOptionalValue("wuye.kit." + port, String.class)
                    .ifPresent(number -> options.add("--" + port + "=" + number));
        }
        return options;
    }

    private Map<String, String> settings(Properties kit) {
        KitSettings found = new KitSettings(kit);
        Map<String, String> settings = new LinkedHashMap<>();
        if (kit.containsKey("postgres.port")) {
            settings.putAll(found.postgres(kit.getProperty("postgres.database")));
        }
        if (kit.containsKey("mqtt.port")) {
            settings.putAll(found.mqtt());
        }
        if (kit.containsKey("keycloak.url")) {
            settings.putAll(found.keycloak(service()));
        }
        settings.putAll(found.secrets());
        if (kit.containsKey("payment.url")) {
            settings.putAll(found.payment(service()));
        }
        return settings;
    }

    private String service() {
        return "http://127.0.0.1:" + text("quarkus.http.port", "8080");
    }

    private static void announce(Map<String, String> settings) {
        settings.forEach(System::setProperty);
        System.setProperty(OURS, String.join(" ", settings.keySet()));
    }

    private static void forgetOurs() {
        for (String name : System.getProperty(OURS, "").split(" ")) {
            if (!name.isEmpty()) {
                System.clearProperty(name);
            }
        }
    }

    // A killed Maven would leave this JVM, its port and all servers behind.
    private static void endWithBuildTool() {
        String marker = "wuye.kit.watches-parent";
        if (System.getProperty(marker) == null) {
            System.setProperty(marker, "true");
            ProcessHandle.current()
                    .parent()
                    .filter(parent -> parent.info().command().orElse("").endsWith("/java"))
                    .ifPresent(DevServers::endWith);
        }
    }

    private static void endWith(ProcessHandle parent) {
        Thread watch = new Thread(
                () -> {
                    parent.onExit().join();
                    Runtime.getRuntime().halt(0);
                },
                "build-tool-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private String text(String name, String otherwise) {
        return config.getOptionalValue(name, String.class).orElse(otherwise);
    }
}
