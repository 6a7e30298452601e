package cloud.wuye.device.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.KitServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose silence takes a device off line. */
@QuarkusTest
class SilenceTest {
    @Inject
    TestDevices devices;

    @Inject
    OfflineSweep sweep;

    @Inject
    Listening listening;

    @Inject
    Clock clock;

    @Inject
    DeviceInbox inbox;

    private UUID meter;
    /** The time stands: a second is the difference between on line and off line. */
    private Instant now;

    @BeforeEach
    void oneMeterThatIsOnline() {
        // Else the channel that is not yet there is the news of the next second.
        devices.awaitListening();
        String code = "t" + Long.toString(System.nanoTime(), 36);
        UUID tenant = devices.tenant(code);
        meter = devices.device(tenant, "emeter", "em-" + code, null);
        devices.run(
                "INSERT INTO device_state (device_id, tenant_id, connectivity, connectivity_at, last_seen_at, heartbeat_seconds)"
                        + " VALUES (?, ?, 'ONLINE', now(), now(), 60)",
                meter,
                tenant);
        now = clock.now();
        listeningFor(Duration.ofHours(1));
    }

    @AfterEach
    void asItWas() {
        listeningFor(Duration.ofHours(1));
        clock.reset();
    }

    @Test
    void aDeviceThatFallsSilentIsOffline() {
        assertEquals("ONLINE", afterSilenceOf(149));
        assertEquals("OFFLINE", afterSilenceOf(151));
    }

    @Test
    void whereNobodyListenedSilenceIsNoNews() {
        listeningFor(Duration.ofSeconds(149));
        assertEquals("ONLINE", afterSilenceOf(3600));
        listeningFor(Duration.ofSeconds(151));
        assertEquals("OFFLINE", afterSilenceOf(3600));
    }

    @Test
    void whileTheBrokerIsAwayNobodyIsTakenOffLine() {
        KitServers.shared().stopBroker();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> listening.since().isEmpty());
            assertEquals("ONLINE", afterSilenceOf(3600));
        } finally {
            KitServers.shared().startBroker();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> listening.since().isPresent());
        assertEquals("ONLINE", afterSilenceOf(3600), "it had no time to speak yet");
    }

    /** The clock first: the service may look at its channel between any two of these lines. */
    private void listeningFor(Duration time) {
        clock.set(now.minus(time));
        listening.look(false);
        listening.look(true);
        clock.set(now);
    }

    private String afterSilenceOf(int seconds) {
        devices.run(
                "UPDATE device_state SET last_seen_at = ? WHERE device_id = ?",
                Timestamp.from(now.minusSeconds(seconds)),
                meter);
        // While anything waits, of whatever test's meters, nobody is taken off line.
        Awaitility.await().until(() -> inbox.backlog() == 0);
        sweep.sweep().await().atMost(Duration.ofSeconds(30));
        return devices.one("SELECT connectivity FROM device_state WHERE device_id = ?", meter);
    }
}
