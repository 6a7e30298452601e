package cloud.wuye.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Gives a {@code @QuarkusTest} a fresh database of the shared PostgreSQL and the shared broker:
 * {@code @WithTestResource(WuyeServers.class)}.
 */
public class WuyeServers implements QuarkusTestResourceLifecycleManager {
    private final String database = "test_" + UUID.randomUUID().toString().replace("-", "");

    @Override
    public Map<String, String> start() {
        KitServers kit = KitServers.shared();
        kit.createDatabase(database);
        return new LinkedHashMap<>(kit.settings().postgres(database));
    }

    @Override
    public void stop() {
        KitServers.shared().dropDatabase(database);
    }
}
