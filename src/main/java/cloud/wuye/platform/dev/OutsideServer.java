package cloud.wuye.platform.dev;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;

/** The servers that the service cannot do without, and the settings that say where they are. */
enum OutsideServer {
    POSTGRES(
            "PostgreSQL",
            "数据库",
            "quarkus.datasource.reactive.url",
            "quarkus.datasource.username",
            "quarkus.datasource.owner.jdbc.url",
            "quarkus.datasource.owner.username",
            "quarkus.datasource.cross.reactive.url",
            "quarkus.datasource.cross.username"),
    MQTT("MQTT broker", "消息服务器", "wuye.mqtt.host", "wuye.mqtt.port", "wuye.mqtt.username", "wuye.mqtt.password"),
    KEYCLOAK("Keycloak", "身份认证服务器", "wuye.identity.keycloak.url");

    final String english;
    final String chinese;
    private final List<String> settings;

    OutsideServer(String english, String chinese, String... settings) {
        this.english = english;
        this.chinese = chinese;
        this.settings = List.of(settings);
    }

    /** Whether somebody said where it is; the first setting decides. */
    boolean isConfigured(Config config) {
        return has(config, settings.get(0));
    }

    List<String> missing(Config config) {
        return settings.stream().filter(setting -> !has(config, setting)).toList();
    }

    /** The kit's option that leaves it out. */
    String leaveOut() {
        return "--no-" + name().toLowerCase(Locale.ROOT);
    }

    static List<OutsideServer> configured(Config config) {
        return Arrays.stream(values())
                .filter(server -> server.isConfigured(config))
                .toList();
    }

    private static boolean has(Config config, String setting) {
        return config.getOptionalValue(setting, String.class)
                .filter(value -> !value.isBlank())
                .isPresent();
    }
}
