package cloud.wuye.identity.realm;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A Keycloak that takes the call and never says a word. */
@QuarkusTest
@WithTestResource(SilentKeycloakTest.Silence.class)
class SilentKeycloakTest {
    @Inject
    KeycloakAdmin keycloak;

    @ConfigProperty(name = "wuye.identity.keycloak.url")
    URI url;

    @Test
    void whoeverWaitsIsToldInTime() {
        long from = System.nanoTime();
        Problem problem = assertThrows(
                Problem.class,
                () -> subscribeAndAwait(
                        () -> keycloak.ask(url, admin -> admin.realm("a").toRepresentation())));
        assertEquals(ProblemCode.IDENTITY_UNAVAILABLE, problem.code());
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        assertTrue(took.compareTo(Duration.ofSeconds(8)) < 0, took::toString);
    }

    /** Listens, takes in what comes, and is silent. */
    public static class Silence implements QuarkusTestResourceLifecycleManager {
        private ServerSocket door;

        @Override
        public int order() {
            return 1;
        }

        @Override
        public Map<String, String> start() {
            try {
                door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Map.of(
                    "wuye.identity.keycloak.url",
                    "http://127.0.0.1:" + door.getLocalPort(),
                    "wuye.identity.keycloak.provisioner-secret",
                    "unsaid",
                    "wuye.identity.keycloak.answer-timeout",
                    "PT1S");
        }

        @Override
        public void stop() {
            try {
                door.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
