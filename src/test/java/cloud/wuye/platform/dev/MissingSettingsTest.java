package cloud.wuye.platform.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class MissingSettingsTest {
    private static final Map<String, String> ALL = Map.of(
            "quarkus.datasource.reactive.url", "postgresql://db/wuye",
            "quarkus.datasource.username", "wuye_app",
            "quarkus.datasource.owner.jdbc.url", "jdbc:postgresql://db/wuye",
            "quarkus.datasource.owner.username", "wuye_owner",
            "quarkus.datasource.cross.reactive.url", "postgresql://db/wuye",
            "quarkus.datasource.cross.username", "wuye_cross",
            "wuye.mqtt.host", "mqtt",
            "wuye.mqtt.username", "wuye-service",
            "wuye.mqtt.password", "secret",
            "wuye.identity.keycloak.url", "https://id");

    @Test
    void nothingIsSaidWhenNothingIsMissing() {
        Map<String, String> settings = new HashMap<>(ALL);
        settings.put("wuye.mqtt.port", "1883");
        assertEquals("", MissingSettings.complaint(config(settings)));
    }

    @Test
    void everyMissingSettingIsNamedInBothLanguagesWithItsVariable() {
        Map<String, String> settings = new HashMap<>(ALL);
        settings.remove("wuye.identity.keycloak.url");
        String complaint = MissingSettings.complaint(config(settings));
        assertTrue(complaint.contains("wuye.mqtt.port  (WUYE_MQTT_PORT)"), complaint);
        assertTrue(complaint.contains("wuye.identity.keycloak.url  (WUYE_IDENTITY_KEYCLOAK_URL)"), complaint);
        assertTrue(complaint.contains("2 settings are missing") && complaint.contains("缺少 2 项配置"), complaint);
        assertFalse(complaint.contains("datasource"), complaint);
    }

    private static Config config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
    }
}
