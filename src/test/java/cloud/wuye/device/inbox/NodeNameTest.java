package cloud.wuye.device.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeNameTest {
    private static final String KUBERNETES = "KUBERNETES_SERVICE_HOST";

    @ParameterizedTest
    @ValueSource(strings = {"wuye-0", "wuye-cloud-12"})
    void aStatefulSetsPodHasALastingName(String pod) {
        assertEquals(Optional.empty(), worry(Map.of("HOSTNAME", pod, KUBERNETES, "10.0.0.1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wuye-7d9c5b6f4d-x2x9k", "wuye"})
    void anotherPodsNameIsGoneWithIt(String pod) {
        assertTrue(worry(Map.of("HOSTNAME", pod, KUBERNETES, "10.0.0.1"))
                .orElseThrow()
                .contains(pod));
    }

    @Test
    void aHostsNameLastsAndNoNameIsAWorry() {
        assertEquals(Optional.empty(), worry(Map.of("HOSTNAME", "server7")));
        assertTrue(worry(Map.of()).orElseThrow().contains("local"));
    }

    @Test
    void aGivenNameIsNobodysWorry() {
        assertEquals(Optional.empty(), NodeName.worry(Optional.of("a"), Map.of(KUBERNETES, "10.0.0.1")));
    }

    private static Optional<String> worry(Map<String, String> environment) {
        return NodeName.worry(Optional.empty(), environment);
    }
}
