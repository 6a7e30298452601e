package cloud.wuye.testing;

import cloud.wuye.platform.dev.KitSettings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Gives a {@code @QuarkusTest} a fresh database of the shared PostgreSQL and the shared broker:
 * shared by all of them (attached once, in {@code WuyeServersTest}, with global scope).
 */
public class WuyeServers implements QuarkusTestResourceLifecycleManager {
    private static final String PORT = "wuye.test.http-port";

    private final String database = "test_" + UUID.randomUUID().toString().replace("-", "");

    @Override
    public Map<String, String> start() {
        KitServers kit = KitServers.shared();
        kit.createDatabase(database);
        int http = KitServers.freePort();
        System.setProperty(PORT, String.valueOf(http));
        kit.askAboutDevicesAt("http://127.0.0.1:" + http + KitSettings.DEVICE_DOOR);
        Map<String, String> settings = new LinkedHashMap<>(kit.settings().postgres(database));
        settings.putAll(kit.settings().mqtt());
        settings.putAll(kit.settings().payment("http://127.0.0.1:" + http));
        settings.put("quarkus.http.test-port", String.valueOf(http));
        return settings;
    }

    /** Where the service under test can be reached by the servers beside it. */
    public static String service() {
        return "http://127.0.0.1:" + System.getProperty(PORT);
    }

    @Override
    public void stop() {
        KitServers kit = KitServers.shared();
        kit.askAboutDevicesAt("");
        kit.dropDatabase(database);
    }
}
