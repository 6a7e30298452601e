package cloud.wuye.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Starts the shared, real Keycloak and points the service at it; beside {@link WuyeServers}:
 * {@code @WithTestResource(WithKeycloak.class)}. The operator's log-in is {@code operator}/{@code operator} in the realm
 * {@code wuye-platform}, client {@code wuye-cli}.
 */
public class WithKeycloak implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return KitServers.shared().withKeycloak().settings().keycloak();
    }

    /** After the local issuer, whose settings it overrides. */
    @Override
    public int order() {
        return 10;
    }

    @Override
    public void stop() {
        // It serves the next test as well and ends with the JVM.
    }
}
