package cloud.wuye.platform.observe;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.command.CommandDeadlines;
import cloud.wuye.device.contract.Ulid;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.dev.KitSettings;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each figure that docs/how-to/production.md tells an operator to watch, moved by what it is about. */
@QuarkusTest
class OperatorMetricsTest {
    private static final KitServers KIT = KitServers.shared();

    @Inject
    TestDevices database;

    @Inject
    CommandDeadlines deadlines;

    private TestTenant company;
    private Graph manager;
    private String device;
    private String uid;
    private String password;

    @BeforeEach
    void aMeter() {
        KIT.askAboutDevicesAt("http://127.0.0.1:" + RestAssured.port + KitSettings.DEVICE_DOOR);
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
        JsonPath made = manager.ask(
                "mutation{r:registerDevice(input:{kind:ELECTRICITY_METER,serialNo:\"M\"}){device{id uid} credential{password}}}");
        device = made.getString("r.device.id");
        uid = made.getString("r.device.uid");
        password = made.getString("r.credential.password");
    }

    @Test
    void ingest() {
        String taken = "wuye_ingest_messages_total{kind=\"emeter.telemetry\"}";
        String rejected = "wuye_ingest_rejected_total{reason=\"NOT_JSON\"}";
        String suspects = "wuye_metering_suspects_total{finding=\"NEGATIVE\"}";
        String allowed = "wuye_broker_logins_total{result=\"allow\"}";
        // What other tests' devices said last.
        awaitValue("wuye_ingest_backlog", 0);
        double[] before = {
            value(taken),
            value(rejected),
            value("wuye_ingest_lag_seconds_count"),
            value("wuye_ingest_batch_size_sum"),
            value(suspects),
            value(allowed)
        };
        Mqtt5BlockingClient line = connect(password);
        say(line, reading("5.00"));
        say(line, reading("1.00"));
        say(line, "nonsense");
        awaitValue(taken, before[0] + 2);
        awaitValue(rejected, before[1] + 1);
        awaitValue(suspects, before[4] + 1);
        assertTrue(value("wuye_ingest_lag_seconds_count") > before[2]);
        assertTrue(value("wuye_ingest_lag_seconds_sum") > 0);
        assertTrue(value("wuye_ingest_batch_size_sum") >= before[3] + 3);
        assertEquals(before[5] + 1, value(allowed));
        awaitValue("wuye_ingest_backlog", 0);
        line.disconnect();

        String denied = "wuye_broker_logins_total{result=\"deny\"}";
        double deniedBefore = value(denied);
        Assertions.assertThrows(Mqtt5ConnAckException.class, () -> connect("guess"));
        assertEquals(deniedBefore + 1, value(denied));
    }

    @Test
    void ingestWaitsWhileTheDatabaseIsAway() {
        Mqtt5BlockingClient line = connect(password);
        say(line, reading("5.00"));
        await().atMost(Duration.ofSeconds(10)).until(() -> value("wuye_ingest_backlog") == 0);
        KIT.stopPostgres();
        try {
            say(line, reading("6.00"));
            await().atMost(Duration.ofSeconds(20)).until(() -> value("wuye_ingest_backlog") >= 1);
        } finally {
            KIT.startPostgres();
        }
        await().atMost(Duration.ofSeconds(40)).until(() -> value("wuye_ingest_backlog") == 0);
        line.disconnect();
    }

    @Test
    void commandsByState() {
        String queued = "wuye_commands_standing{state=\"QUEUED\"}";
        String unknown = "wuye_commands_standing{state=\"OUTCOME_UNKNOWN\"}";
        String cancelled = "wuye_commands_moved_total{op=\"meter.read\",state=\"CANCELLED\"}";
        double cancelledBefore = value(cancelled);
        String command = ask();
        // Other tests' commands move between the sweep and the look.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            sweep();
            assertEquals(inDatabase("QUEUED"), value(queued));
        });
        assertTrue(value(queued) >= 1);
        manager.ask("mutation($c:ID!){cancelDeviceCommand(id:$c reason:\"test\"){state}}", "c", command);
        assertEquals(cancelledBefore + 1, value(cancelled));
        ask();
        // One that cannot be read back waits for a person, for as long as that takes.
        database.run(
                "UPDATE device_command SET state = 'OUTCOME_UNKNOWN', deadline = NULL WHERE device_id = ? AND state = 'QUEUED'",
                UUID.fromString(device));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            sweep();
            assertTrue(value(unknown) >= 1);
            assertEquals(inDatabase("OUTCOME_UNKNOWN"), value(unknown));
            assertEquals(inDatabase("QUEUED"), value(queued));
        });
    }

    private String ask() {
        return manager.ask("mutation($d:[ID!]!){readMeters(deviceIds:$d){id}}", "d", List.of(device))
                .getString("readMeters[0].id");
    }

    private double inDatabase(String state) {
        return Double.parseDouble(database.one("SELECT count(*) FROM device_command WHERE state = ?", state));
    }

    @Test
    void outboxAge() {
        String dead = "wuye_outbox_dead_total{kind=\"test.nobody\"}";
        String failed = "wuye_outbox_failed_total{kind=\"test.nobody\"}";
        message("waits", Instant.now().plusSeconds(3600), 0);
        await().atMost(Duration.ofSeconds(25)).until(() -> value("wuye_outbox_age_seconds") >= 7_200);
        // The last but one of its tries: the last is minutes away.
        message("fails", Instant.now(), 10);
        awaitValue(failed, 1);
        message("dies", Instant.now(), 11);
        awaitValue(dead, 1);
        database.run("DELETE FROM outbox_message WHERE tenant_id = ?", company.id());
        await().atMost(Duration.ofSeconds(25)).until(() -> value("wuye_outbox_age_seconds") < 7_200);
    }

    private void message(String key, Instant due, int attempts) {
        database.run(
                "INSERT INTO outbox_message (id, tenant_id, kind, key, dedupe_key, payload, created_at, due_at, attempts)"
                        + " VALUES (?, ?, 'test.nobody', ?, ?, '{}', now() - interval '2 hours', ?, ?)",
                Ids.next(),
                company.id(),
                company.code() + key,
                key,
                due.atOffset(java.time.ZoneOffset.UTC),
                attempts);
    }

    private void sweep() {
        deadlines.sweep().await().atMost(Duration.ofSeconds(20));
    }

    private void say(Mqtt5BlockingClient line, String payload) {
        line.publishWith()
                .topic("pm/v1/" + company.code() + "/emeter/" + uid + "/up/telemetry")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private static String reading(String total) {
        return "{\"v\":1,\"id\":\"%s\",\"boot\":\"b1\",\"seq\":1,\"ts\":\"%s\",\"clk\":\"ntp\",\"data\":{\"reg\":{\"import\":\"%s\"}}}"
                .formatted(Ulid.format(Ids.next()), Instant.now().truncatedTo(ChronoUnit.MILLIS), total);
    }

    private Mqtt5BlockingClient connect(String secret) {
        Mqtt5BlockingClient line = Mqtt5Client.builder()
                .identifier(uid)
                .serverHost(KIT.fact("mqtt.host"))
                .serverPort(Integer.parseInt(KIT.fact("mqtt.port")))
                .simpleAuth()
                .username(uid)
                .password(secret.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        line.connect();
        return line;
    }

    private static void awaitValue(String metric, double expected) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertEquals(expected, value(metric), metric));
    }

    /** What Prometheus would read; 0 for what has not been counted yet. */
    private static double value(String metric) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}
