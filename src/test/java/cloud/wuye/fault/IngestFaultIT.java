package cloud.wuye.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.ServiceProcess;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIf;

/** Nothing is lost and nothing is doubled, whatever dies meanwhile. */
@EnabledIf("cloud.wuye.fault.Mosquitto#isInstalled")
class IngestFaultIT {
    private static final int METERS = 40;
    private static final KitServers KIT = KitServers.shared();

    private final String database = "fault_" + UUID.randomUUID().toString().replace("-", "");
    private final Path directory = Path.of("target", "fault", database).toAbsolutePath();
    private final List<ServiceProcess> services = new ArrayList<>();
    private Mosquitto broker;
    private Estate estate;
    private Fleet fleet;
    private boolean shared;

    @BeforeEach
    void estateWithMeters(TestInfo test) {
        shared = test.getDisplayName().contains("Shar");
        KIT.createDatabase(database);
        broker = new Mosquitto(directory.resolve("broker")).start();
        service("one").awaitListening();
        estate = new Estate(database, METERS);
        fleet = new Fleet(broker, estate.code, estate.uids);
    }

    @AfterEach
    void end() {
        if (fleet != null) {
            fleet.close();
        }
        services.stream().filter(ServiceProcess::isAlive).forEach(ServiceProcess::close);
        broker.close();
        KIT.dropDatabase(database);
    }

    @Test
    void killedAmidTwentyThousandMessages() throws InterruptedException {
        List<Fleet.Sample> samples = fleet.readings(500);
        Thread publisher = new Thread(() -> fleet.publish(samples));
        publisher.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> estate.stored() > 2000);
        services.get(0).kill();
        long committed = estate.stored();
        assertTrue(committed < samples.size(), "killed too late to prove anything: " + committed);
        publisher.join();
        service("one").awaitListening();
        assertAllThere(samples.size());
    }

    /** What the broker has kept comes the moment the service connects: nobody may connect before somebody listens. */
    @Test
    void whatWaitedAtTheBrokerIsTakenInAtTheStart() {
        List<Fleet.Sample> samples = fleet.readings(100);
        fleet.publish(samples.subList(0, METERS));
        await().atMost(Duration.ofSeconds(30)).until(() -> estate.stored() == METERS);
        services.get(0).close();
        fleet.publish(samples.subList(METERS, samples.size()));
        service("one").awaitListening();
        assertAllThere(samples.size());
    }

    @Test
    void databaseAwayForAMinute() throws InterruptedException {
        List<Fleet.Sample> samples = fleet.readings(100);
        fleet.publish(samples.subList(0, 1000));
        await().atMost(Duration.ofSeconds(60)).until(() -> estate.stored() == 1000);
        KIT.stopPostgres();
        try {
            fleet.publish(samples.subList(1000, 3000));
            Thread.sleep(Duration.ofSeconds(60).toMillis());
            assertEquals(
                    200,
                    services.get(0).status("/q/health/live"),
                    "a service without its database waits, it is not dead");
        } finally {
            KIT.startPostgres();
        }
        fleet.publish(samples.subList(3000, samples.size()));
        assertAllThere(samples.size());
    }

    @Test
    void brokerRestarted() {
        List<Fleet.Sample> samples = fleet.readings(100);
        fleet.publish(samples.subList(0, 2000));
        broker.stop();
        broker.start();
        fleet.reconnect();
        fleet.publish(samples.subList(2000, samples.size()));
        assertAllThere(samples.size());
    }

    @Test
    void poisonHugeAndForeignMessagesAreParkedAndTheRestPasses() {
        List<Fleet.Sample> samples = fleet.readings(20);
        String mine = "pm/v1/" + estate.code + "/emeter/" + estate.uids.get(0) + "/up/telemetry";
        String foreign = "pm/v1/somebodyelse/emeter/" + estate.uids.get(0) + "/up/telemetry";
        byte[] huge = new byte[1_000_000];
        java.util.Arrays.fill(huge, (byte) ' ');
        List<Fleet.Sample> mixed = new ArrayList<>(samples);
        mixed.add(100, new Fleet.Sample(mine, "{\"v\":1,".getBytes(StandardCharsets.UTF_8)));
        mixed.add(200, new Fleet.Sample(mine, huge));
        mixed.add(300, new Fleet.Sample(foreign, samples.get(0).payload()));
        fleet.publish(mixed);
        assertAllThere(samples.size());
        // The foreign one goes its own way through the service.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertEquals("3", estate.one("SELECT count(*) FROM rejected_message")));
        fleet.publish(fleet.readings(1));
        await().atMost(Duration.ofSeconds(30)).until(() -> estate.stored() == samples.size() + METERS);
    }

    @Test
    void sameDayReplayedShuffledChangesNothing() {
        List<Fleet.Sample> samples = fleet.readings(100);
        fleet.publish(samples);
        assertAllThere(samples.size());
        String before = sums();
        List<Fleet.Sample> again = new ArrayList<>(samples);
        Collections.shuffle(again, new Random(7));
        fleet.publish(again);
        List<Fleet.Sample> marker = fleet.readings(1);
        fleet.publish(marker);
        await().atMost(Duration.ofSeconds(60)).until(() -> estate.stored() == samples.size() + marker.size());
        assertEquals(samples.size() + marker.size(), estate.stored());
        assertEquals(before, sums());
    }

    @Test
    void twoInstancesSharingStoreEveryMessageOnce() {
        twoInstances();
    }

    @Test
    void twoInstancesThatEachGetAllStoreEveryMessageOnce() {
        twoInstances();
    }

    private void twoInstances() {
        service("two").awaitListening();
        List<Fleet.Sample> samples = fleet.readings(200);
        List<Fleet.Sample> twice = new ArrayList<>(samples);
        twice.addAll(samples.subList(0, 2000));
        fleet.publish(twice);
        assertAllThere(samples.size());
    }

    private void assertAllThere(int messages) {
        BigDecimal total = Fleet.STEP.multiply(BigDecimal.valueOf(messages / METERS - 1));
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> estate.stored() >= messages);
        assertEquals(messages, estate.stored());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertEquals(METERS, estate.metersWithConsumption(total), this::sums));
    }

    private String sums() {
        return String.join(
                " ",
                estate.run(
                        "SELECT sum(quantity)::text FROM consumption_by_day WHERE tenant_id = ? GROUP BY device_id ORDER BY device_id",
                        estate.tenant));
    }

    private ServiceProcess service(String node) {
        Map<String, String> settings = new HashMap<>(KIT.settings().postgres(database));
        settings.put("wuye.mqtt.host", "127.0.0.1");
        settings.put("wuye.mqtt.port", String.valueOf(broker.servicePort()));
        settings.put("wuye.mqtt.username", "wuye");
        settings.put("wuye.mqtt.password", broker.password());
        // Debian's Mosquitto forgets shared subscriptions when it restarts: docs/how-to/mosquitto.md.
        settings.put("wuye.inbox.topic", shared ? "$share/wuye/pm/v1/+/+/+/up/#" : "pm/v1/+/+/+/up/#");
        settings.put("wuye.identity.keycloak.url", "http://127.0.0.1:1");
        ServiceProcess service = ServiceProcess.start(directory, node, settings);
        services.add(service);
        return service;
    }
}
