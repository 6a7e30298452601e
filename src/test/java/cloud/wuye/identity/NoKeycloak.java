package cloud.wuye.identity;

import cloud.wuye.testing.KitServers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Points the service at a Keycloak that is not there. */
public final class NoKeycloak implements QuarkusTestResourceLifecycleManager {
    private static final String PORT = "wuye.test.no-keycloak.port";

    @Override
    public Map<String, String> start() {
        System.setProperty(PORT, String.valueOf(KitServers.freePort()));
        return Map.of("wuye.identity.keycloak.url", url());
    }

    @Override
    public void stop() {
        System.clearProperty(PORT);
    }

    /** After the local issuer, whose settings it overrides. */
    @Override
    public int order() {
        return 10;
    }

    static String url() {
        return "http://localhost:" + System.getProperty(PORT);
    }
}
