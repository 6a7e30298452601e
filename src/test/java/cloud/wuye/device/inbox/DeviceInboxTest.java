package cloud.wuye.device.inbox;

import static cloud.wuye.device.inbox.HeardMeter.now;
import static cloud.wuye.device.inbox.TestDevices.newId;
import static cloud.wuye.device.inbox.TestDevices.publish;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.LogLines;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The corridor from a real broker to a real database. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class DeviceInboxTest extends WithHeardMeter {
    @Test
    void readingIsStoredOnceHoweverOftenItComes() {
        String reading = meter.reading(newId(), "1234.560000000001", now());
        for (int i = 0; i < 5; i++) {
            meter.says("telemetry", reading);
        }
        meter.reading("1235.00");
        meter.awaitReadings(2);
        assertEquals(
                List.of("1234.5600|f", "1235.0000|f"),
                devices.rows("SELECT total, suspect FROM test_reading WHERE device_id = ? ORDER BY total", meter.id));
        meter.awaitIdle();
    }

    @Test
    void shuffledDayGivesTheSameRows() {
        List<String> day = new ArrayList<>();
        Instant midnight = now().minus(1, ChronoUnit.DAYS);
        for (int i = 0; i < 300; i++) {
            day.add(meter.reading(newId(), (1000 + i) + ".25", midnight.plusSeconds(i * 288L)));
        }
        day.forEach(each -> meter.says("telemetry", each));
        meter.awaitReadings(300);
        Collections.shuffle(day, new Random(1));
        day.forEach(each -> meter.says("telemetry", each));
        meter.awaitIdle();
        assertEquals(
                "300|344925.0000",
                devices.one("SELECT count(*), sum(total) FROM test_reading WHERE device_id = ?", meter.id));
        assertEquals("0", devices.one("SELECT count(*) FROM rejected_message WHERE tenant_id = ?", meter.tenant));
    }

    @Test
    void wrongTenantOrClassInTheTopicIsParkedForTheOwner() {
        devices.tenant(meter.code + "-other");
        publish(
                meter.line,
                "pm/v1/" + meter.code + "-other/emeter/" + meter.uid + "/up/telemetry",
                meter.reading(newId(), "1.00", now()));
        publish(
                meter.line,
                "pm/v1/" + meter.code + "/wmeter/" + meter.uid + "/up/telemetry",
                meter.envelope("{\"reg\":{\"total\":\"1.00\"}}"));
        publish(
                meter.line,
                "pm/v1/nobody/emeter/" + meter.uid + "/up/telemetry",
                meter.reading(newId(), "1.00", now()));
        meter.awaitRejected(3);
        assertEquals(
                List.of("TRIPLE_MISMATCH", "TRIPLE_MISMATCH", "TRIPLE_MISMATCH"),
                devices.rows(
                        "SELECT reason FROM rejected_message WHERE tenant_id = ? AND device_id = ?",
                        meter.tenant,
                        meter.id));
        assertEquals("0", devices.one("SELECT count(*) FROM test_reading WHERE device_id = ?", meter.id));
    }

    @Test
    void badMessagesAreParkedWithTheirReasonAndDoNotStopTheGoodOnes() {
        meter.says("telemetry", "not json");
        meter.says("telemetry", meter.envelope("{\"reg\":{\"import\":12.5}}"));
        meter.says("nonsense", "{}");
        meter.says("bulk", "{}");
        meter.says("telemetry", meter.reading(newId(), "7.00", now().minus(Duration.ofDays(36))));
        Mqtt5BlockingClient stranger = TestDevices.connect("nobody-" + meter.code);
        publish(
                stranger,
                "pm/v1/" + meter.code + "/emeter/nobody-" + meter.code + "/up/telemetry",
                meter.reading(newId(), "1.00", now()));
        stranger.disconnect();
        meter.line
                .publishWith()
                .topic(meter.home + "telemetry")
                .payload(new byte[1_000_000])
                .qos(com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE)
                .send();
        meter.reading("8.00");
        meter.awaitReadings(1);
        meter.awaitRejected(7);
        assertEquals(
                List.of(
                        "BAD_TOPIC|no such class or channel, or an empty word",
                        "BAD_TOPIC|only gateways send bulk",
                        "NOT_JSON|Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
                        "SCHEMA|/data/reg/import: must be a string",
                        "TOO_LARGE|1000000 bytes, at most 65536"),
                devices.rows(
                        "SELECT reason, detail FROM rejected_message WHERE tenant_id = ?"
                                + " AND reason NOT IN ('TOO_LATE', 'UNKNOWN_DEVICE') ORDER BY reason, detail",
                        meter.tenant));
    }

    @Test
    void aDatabaseThatChokesOnOneRowParksThatRowAlone() {
        try (LogLines log = new LogLines(Corridor.class.getName())) {
            for (int i = 0; i < 60; i++) {
                meter.reading(i == 37 ? TestReadings.POISON.toPlainString() : "10" + i + ".00");
            }
            meter.reading(TestReadings.UNWANTED.toPlainString());
            meter.awaitReadings(60);
            meter.awaitRejected(2);
            meter.awaitIdle();
            List<LogLines.Line> parked = log.with("Parked a message on " + meter.home + "telemetry");
            assertEquals(1, parked.size(), "one line for the one message");
            assertEquals(meter.tenant.toString(), parked.get(0).tenant());
            assertTrue(parked.get(0).traceId().matches("[0-9a-f]{32}"), parked.get(0)::traceId);
            log.with("Halving")
                    .forEach(
                            each -> assertTrue(each.traceId().matches("[0-9a-f]{32}"), "a batch's line has its trace"));
        }
        assertEquals(
                "1",
                devices.one(
                        "SELECT count(*) FROM rejected_message WHERE device_id = ? AND reason = 'HANDLER_REFUSED' AND detail = 'unwanted'",
                        meter.id));
    }

    @Test
    void aHandlerThatFailsOnceLosesNothing() {
        TestReadings.failures.set(1);
        for (int i = 0; i < 20; i++) {
            meter.reading("20" + i + ".00");
        }
        // A message that stood alone when the handler failed is parked; nothing is lost, and replay brings it in.
        await().atMost(Duration.ofSeconds(20)).until(() -> meter.stored() + meter.rejected() == 20);
        meter.awaitIdle();
    }

    @Test
    void whileTheDatabaseIsAwayMessagesWaitAndNoneIsLost() {
        meter.reading("1.00");
        meter.awaitReadings(1);
        KitServers.shared().stopPostgres();
        try {
            for (int i = 0; i < 200; i++) {
                meter.reading("30" + i + ".00");
            }
            await().pollDelay(Duration.ofSeconds(3)).until(() -> inbox.backlog() > 0);
        } finally {
            KitServers.shared().startPostgres();
        }
        meter.awaitReadings(201);
        meter.awaitIdle();
        assertFalse(inbox.hasEnded());
        assertEquals(0, meter.rejected());
    }

    @Test
    void whileTheBrokerIsAwayMessagesWaitAtTheDevice() {
        meter.reading("1.00");
        meter.awaitReadings(1);
        KitServers.shared().stopBroker();
        KitServers.shared().startBroker();
        meter.line = TestDevices.connect(meter.uid);
        meter.reading("2.00");
        meter.awaitReadings(2);
    }

    @Test
    void lateDataAreStoredUnderTheirOwnTime() {
        Instant then = now().minus(Duration.ofDays(30));
        meter.says("telemetry", meter.reading(newId(), "5.00", then));
        meter.awaitReadings(1);
        assertEquals(
                "t|f",
                devices.one(
                        "SELECT at = ?::timestamptz, suspect FROM test_reading WHERE device_id = ?",
                        then.toString(),
                        meter.id));
    }

    @Test
    void aClockThatIsOffIsNotBelieved() {
        meter.says("telemetry", meter.reading(newId(), "1.00", now().plus(Duration.ofHours(2))));
        meter.says(
                "telemetry",
                TestDevices.envelope(
                        newId(), "b1", meter.nextSeq(), Instant.EPOCH, "none", "{\"reg\":{\"import\":\"2.00\"}}"));
        meter.says("telemetry", meter.reading(newId(), "3.00", Instant.parse("2000-01-01T00:00:00Z")));
        meter.awaitReadings(3);
        assertEquals(
                "3",
                devices.one(
                        "SELECT count(*) FROM test_reading WHERE device_id = ? AND suspect AND abs(extract(epoch FROM at - now())) < 60",
                        meter.id));
        assertEquals("t", devices.one("SELECT clock_suspect FROM device_state WHERE device_id = ?", meter.id));
    }

    @Test
    void aDisabledDeviceIsNotHeard() {
        devices.run("UPDATE device SET lifecycle = 'DISABLED' WHERE id = ?", meter.id);
        meter.reading("1.00");
        meter.awaitRejected(1);
        assertEquals(
                "DISABLED_DEVICE", devices.one("SELECT reason FROM rejected_message WHERE device_id = ?", meter.id));
        assertEquals("0", devices.one("SELECT count(*) FROM device_state WHERE device_id = ?", meter.id));
    }

    @Test
    void suspendedCompaniesAndRetiredDevicesAreRefused() {
        devices.run("UPDATE device SET lifecycle = 'RETIRED', retired_at = now() WHERE id = ?", meter.id);
        meter.reading("1.00");
        meter.awaitRejected(1);
        devices.run("UPDATE tenant SET status = 'SUSPENDED' WHERE id = ?", meter.tenant);
        meter.reading("2.00");
        meter.awaitRejected(2);
        assertEquals(
                List.of("RETIRED_DEVICE", "SUSPENDED_TENANT"),
                devices.rows("SELECT reason FROM rejected_message WHERE tenant_id = ? ORDER BY reason", meter.tenant));
    }
}
