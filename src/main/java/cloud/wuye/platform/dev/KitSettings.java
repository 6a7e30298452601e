package cloud.wuye.platform.dev;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The kit's servers as the configuration that the service reads. */
public final class KitSettings {
    /** Path of the service's endpoints where a broker asks about devices ({@code …/authn}). */
    public static final String DEVICE_DOOR = "/internal/mqtt";

    private final Properties kit;

    public KitSettings(Properties kit) {
        this.kit = kit;
    }

    /** The three data sources, all on one database. */
    public Map<String, String> postgres(String database) {
        String address = kit.getProperty("postgres.host") + ":" + kit.getProperty("postgres.port") + "/" + database;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.datasource.reactive.url", "postgresql://" + address);
        login(settings, "quarkus.datasource.", "postgres.app.");
        settings.put("quarkus.datasource.owner.jdbc.url", "jdbc:postgresql://" + address);
        login(settings, "quarkus.datasource.owner.", "postgres.owner.");
        settings.put("quarkus.datasource.cross.reactive.url", "postgresql://" + address);
        login(settings, "quarkus.datasource.cross.", "postgres.cross.");
        return settings;
    }

    /** The broker, and the secret with which it asks the service about a device. */
    public Map<String, String> mqtt() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : new String[] {"host", "port", "username", "password", "auth-secret"}) {
            settings.put("wuye.mqtt." + name, kit.getProperty("mqtt." + name));
        }
        settings.put("wuye.broker.end-sessions", "true");
        return settings;
    }

    /** Keycloak, and the service account with which realms are made there. */
    public Map<String, String> keycloak() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("wuye.identity.keycloak.url", kit.getProperty("keycloak.url"));
        settings.put("wuye.identity.keycloak.provisioner-client", kit.getProperty("keycloak.provisioner.client"));
        settings.put("wuye.identity.keycloak.provisioner-secret", kit.getProperty("keycloak.provisioner.secret"));
        return settings;
    }

    /** The same, and where Keycloak finds the service, so that residents can be vouched for. */
    public Map<String, String> keycloak(String service) {
        Map<String, String> settings = keycloak();
        settings.put("wuye.identity.keycloak.service-url", service);
        return settings;
    }

    /** The key with which the service seals secrets that it keeps in the kit's database. */
    public Map<String, String> secrets() {
        return Map.of("wuye.secrets.current", "kit", "wuye.secrets.keys.kit", kit.getProperty("secrets.key"));
    }

    /** The payment simulator, which plays WeChat's log-in too, and where it finds the service. */
    public Map<String, String> payment(String service) {
        String url = kit.getProperty("payment.url");
        return Map.of(
                "wuye.payment.wechat.host", url, "wuye.identity.wechat.host", url, "wuye.payment.public-url", service);
    }

    private void login(Map<String, String> settings, String to, String from) {
        settings.put(to + "username", kit.getProperty(from + "username"));
        settings.put(to + "password", kit.getProperty(from + "password"));
    }
}
