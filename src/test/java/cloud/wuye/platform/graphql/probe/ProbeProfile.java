package cloud.wuye.platform.graphql.probe;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Runs the service with the probe fields in its schema and limits that are quick to reach. */
public class ProbeProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "wuye.test.probes", "true",
                "wuye.graphql.max-complexity", "2000",
                "wuye.graphql.max-operations-per-socket", "3",
                "wuye.graphql.connection-init-timeout", "PT3S");
    }
}
