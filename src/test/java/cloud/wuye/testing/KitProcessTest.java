package cloud.wuye.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.dev.KitFailure;
import cloud.wuye.platform.dev.KitProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KitProcessTest {
    private static final Path BUILD = Path.of("target").toAbsolutePath();

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "postgres-port, PostgreSQL, --no-mqtt --no-keycloak",
        "mqtt-port, the MQTT broker, --no-postgres --no-keycloak",
        "keycloak-port, Keycloak, --no-postgres --no-mqtt"
    })
    void takenPortIsToldWithWhoWantsItAndWhatChangesIt(String setting, String server, String others)
            throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> options =
                    List.of(others.split(" ")[0], others.split(" ")[1], "--" + setting + "=" + taken.getLocalPort());
            KitFailure failure = assertThrows(KitFailure.class, () -> KitProcess.in(BUILD, directory, options));
            assertTrue(failure.getMessage().contains("" + taken.getLocalPort()), failure.getMessage());
            assertTrue(failure.getMessage().contains(server + " wanted it"), failure.getMessage());
            assertTrue(failure.getMessage().contains("-Dwuye.kit." + setting), failure.getMessage());
        }
    }

    @Test
    void killedKitLeavesNothingRunning() {
        Properties facts = KitProcess.in(
                BUILD, directory, List.of("--ephemeral", "--no-mqtt", "--no-keycloak", "--postgres-port=0"));
        ProcessHandle kit =
                ProcessHandle.of(Long.parseLong(facts.getProperty("pid"))).orElseThrow();
        List<ProcessHandle> family = kit.descendants().toList();
        assertFalse(family.isEmpty());
        kit.destroyForcibly();
        await().atMost(Duration.ofSeconds(30)).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void dataIsKeptUntilAReset() throws IOException {
        List<String> options = List.of("--no-mqtt", "--no-keycloak", "--postgres-port=0");
        Properties first = KitProcess.in(BUILD, directory, options);
        assertEquals(first, KitProcess.in(BUILD, directory, options), "the running one is found again");
        end(first);
        Path cluster = directory.resolve("postgres/data/PG_VERSION");
        Files.writeString(directory.resolve("postgres/witness"), "still here");
        Properties second = KitProcess.in(BUILD, directory, options);
        assertEquals(first.getProperty("postgres.app.password"), second.getProperty("postgres.app.password"));
        assertTrue(Files.exists(directory.resolve("postgres/witness")) && Files.exists(cluster));
        end(second);
        Properties third =
                KitProcess.in(BUILD, directory, List.of("--no-mqtt", "--no-keycloak", "--postgres-port=0", "--reset"));
        assertFalse(Files.exists(directory.resolve("postgres/witness")));
        end(third);
    }

    @Test
    void optionThatIsNotKnownIsTold() {
        KitFailure failure =
                assertThrows(KitFailure.class, () -> KitProcess.in(BUILD, directory, List.of("--no-such-thing")));
        assertTrue(failure.getMessage().contains("--no-such-thing"), failure.getMessage());
    }

    private static void end(Properties facts) {
        ProcessHandle kit =
                ProcessHandle.of(Long.parseLong(facts.getProperty("pid"))).orElseThrow();
        kit.destroy();
        await().atMost(30, SECONDS).until(() -> !kit.isAlive());
    }
}
