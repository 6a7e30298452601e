package cloud.wuye.device.inbox;

import static cloud.wuye.device.inbox.TestDevices.envelope;
import static cloud.wuye.device.inbox.TestDevices.newId;
import static cloud.wuye.device.inbox.TestDevices.publish;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.contract.Ulid;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.LogLines;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The corridor from a real broker to a real database. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class DeviceInboxTest {
    @Inject
    TestDevices devices;

    @Inject
    DeviceInbox inbox;

    private String code;
    private UUID tenant;
    private String uid;
    private UUID meter;
    private String home;
    private Mqtt5BlockingClient line;
    private int seq;

    @BeforeEach
    void oneMeter() {
        devices.asOwner(TestReadings.TABLE);
        TestReadings.awake = true;
        TestReadings.failures.set(0);
        code = "t" + Long.toString(System.nanoTime(), 36);
        tenant = devices.tenant(code);
        uid = "em-" + code;
        meter = devices.device(tenant, "emeter", uid, null);
        home = "pm/v1/" + code + "/emeter/" + uid + "/up/";
        line = TestDevices.connect(uid);
        seq = 0;
    }

    @AfterEach
    void sleep() {
        TestReadings.awake = false;
        line.disconnect();
    }

    @Test
    void readingIsStoredOnceHoweverOftenItComes() {
        String reading = reading(newId(), "1234.560000000001", now());
        for (int i = 0; i < 5; i++) {
            publish(line, home + "telemetry", reading);
        }
        reading("1235.00");
        awaitReadings(2);
        assertEquals(
                List.of("1234.5600|f", "1235.0000|f"),
                devices.rows("SELECT total, suspect FROM test_reading WHERE device_id = ? ORDER BY total", meter));
        awaitIdle();
    }

    @Test
    void shuffledDayGivesTheSameRows() {
        List<String> day = new ArrayList<>();
        Instant midnight = now().minus(1, ChronoUnit.DAYS);
        for (int i = 0; i < 300; i++) {
            day.add(reading(newId(), (1000 + i) + ".25", midnight.plusSeconds(i * 288L)));
        }
        day.forEach(each -> publish(line, home + "telemetry", each));
        awaitReadings(300);
        Collections.shuffle(day, new Random(1));
        day.forEach(each -> publish(line, home + "telemetry", each));
        awaitIdle();
        assertEquals(
                "300|344925.0000",
                devices.one("SELECT count(*), sum(total) FROM test_reading WHERE device_id = ?", meter));
        assertEquals("0", devices.one("SELECT count(*) FROM rejected_message WHERE tenant_id = ?", tenant));
    }

    @Test
    void wrongTenantOrClassInTheTopicIsParkedForTheOwner() {
        devices.tenant(code + "-other");
        publish(line, "pm/v1/" + code + "-other/emeter/" + uid + "/up/telemetry", reading(newId(), "1.00", now()));
        publish(line, "pm/v1/" + code + "/wmeter/" + uid + "/up/telemetry", envelope("{\"reg\":{\"total\":\"1.00\"}}"));
        publish(line, "pm/v1/nobody/emeter/" + uid + "/up/telemetry", reading(newId(), "1.00", now()));
        awaitRejected(3);
        assertEquals(
                List.of("TRIPLE_MISMATCH", "TRIPLE_MISMATCH", "TRIPLE_MISMATCH"),
                devices.rows(
                        "SELECT reason FROM rejected_message WHERE tenant_id = ? AND device_id = ?", tenant, meter));
        assertEquals("0", devices.one("SELECT count(*) FROM test_reading WHERE device_id = ?", meter));
    }

    @Test
    void badMessagesAreParkedWithTheirReasonAndDoNotStopTheGoodOnes() {
        publish(line, home + "telemetry", "not json");
        publish(line, home + "telemetry", envelope("{\"reg\":{\"import\":12.5}}"));
        publish(line, home + "nonsense", "{}");
        publish(line, home + "bulk", "{}");
        publish(line, home + "telemetry", reading(newId(), "7.00", now().minus(Duration.ofDays(36))));
        Mqtt5BlockingClient stranger = TestDevices.connect("nobody-" + code);
        publish(
                stranger,
                "pm/v1/" + code + "/emeter/nobody-" + code + "/up/telemetry",
                reading(newId(), "1.00", now()));
        stranger.disconnect();
        line.publishWith()
                .topic(home + "telemetry")
                .payload(new byte[1_000_000])
                .qos(com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE)
                .send();
        reading("8.00");
        awaitReadings(1);
        awaitRejected(7);
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
                        tenant));
    }

    @Test
    void aDatabaseThatChokesOnOneRowParksThatRowAlone() {
        try (LogLines log = new LogLines(Corridor.class.getName())) {
            for (int i = 0; i < 60; i++) {
                reading(i == 37 ? TestReadings.POISON.toPlainString() : "10" + i + ".00");
            }
            reading(TestReadings.UNWANTED.toPlainString());
            awaitReadings(60);
            awaitRejected(2);
            awaitIdle();
            List<LogLines.Line> parked = log.with("Parked a message on " + home + "telemetry");
            assertEquals(1, parked.size(), "one line for the one message");
            assertEquals(tenant.toString(), parked.get(0).tenant());
            assertTrue(parked.get(0).traceId().matches("[0-9a-f]{32}"), parked.get(0)::traceId);
            log.with("Halving")
                    .forEach(
                            line -> assertTrue(line.traceId().matches("[0-9a-f]{32}"), "a batch's line has its trace"));
        }
        assertEquals(
                "1",
                devices.one(
                        "SELECT count(*) FROM rejected_message WHERE device_id = ? AND reason = 'HANDLER_REFUSED' AND detail = 'unwanted'",
                        meter));
    }

    @Test
    void aHandlerThatFailsOnceLosesNothing() {
        TestReadings.failures.set(1);
        for (int i = 0; i < 20; i++) {
            reading("20" + i + ".00");
        }
        // A message that stood alone when the handler failed is parked; nothing is lost, and replay brings it in.
        await().atMost(Duration.ofSeconds(20)).until(() -> stored() + rejected() == 20);
        awaitIdle();
    }

    @Test
    void whileTheDatabaseIsAwayMessagesWaitAndNoneIsLost() {
        reading("1.00");
        awaitReadings(1);
        KitServers.shared().stopPostgres();
        try {
            for (int i = 0; i < 200; i++) {
                reading("30" + i + ".00");
            }
            await().pollDelay(Duration.ofSeconds(3)).until(() -> inbox.backlog() > 0);
        } finally {
            KitServers.shared().startPostgres();
        }
        awaitReadings(201);
        awaitIdle();
        assertFalse(inbox.hasEnded());
        assertEquals(0, rejected());
    }

    @Test
    void whileTheBrokerIsAwayMessagesWaitAtTheDevice() {
        reading("1.00");
        awaitReadings(1);
        KitServers.shared().stopBroker();
        KitServers.shared().startBroker();
        line = TestDevices.connect(uid);
        reading("2.00");
        awaitReadings(2);
    }

    @Test
    void lateDataAreStoredUnderTheirOwnTime() {
        Instant then = now().minus(Duration.ofDays(30));
        publish(line, home + "telemetry", reading(newId(), "5.00", then));
        awaitReadings(1);
        assertEquals(
                "t|f",
                devices.one(
                        "SELECT at = ?::timestamptz, suspect FROM test_reading WHERE device_id = ?",
                        then.toString(),
                        meter));
    }

    @Test
    void aClockThatIsOffIsNotBelieved() {
        publish(line, home + "telemetry", reading(newId(), "1.00", now().plus(Duration.ofHours(2))));
        publish(
                line,
                home + "telemetry",
                TestDevices.envelope(newId(), "b1", seq++, Instant.EPOCH, "none", "{\"reg\":{\"import\":\"2.00\"}}"));
        publish(line, home + "telemetry", reading(newId(), "3.00", Instant.parse("2000-01-01T00:00:00Z")));
        awaitReadings(3);
        assertEquals(
                "3",
                devices.one(
                        "SELECT count(*) FROM test_reading WHERE device_id = ? AND suspect AND abs(extract(epoch FROM at - now())) < 60",
                        meter));
        assertEquals("t", devices.one("SELECT clock_suspect FROM device_state WHERE device_id = ?", meter));
    }

    @Test
    void lastWillOfAnEarlierConnectionDoesNotTakeTheDeviceOffline() {
        publish(line, home + "presence", birth("b1"));
        awaitState("ONLINE|b1");
        publish(line, home + "presence", "{\"v\":1,\"online\":false,\"boot\":\"b1\"}");
        awaitState("OFFLINE|b1");
        publish(line, home + "presence", birth("b2"));
        awaitState("ONLINE|b2");
        publish(line, home + "presence", "{\"v\":1,\"online\":false,\"boot\":\"b1\"}");
        publish(
                line,
                home + "info",
                TestDevices.envelope(newId(), "b2", 0, now(), "ntp", "{\"model\":\"M\",\"fw\":\"1\",\"hb\":30}"));
        await().until(() -> "30|M"
                .equals(devices.one(
                        "SELECT heartbeat_seconds, info ->> 'model' FROM device_state WHERE device_id = ?", meter)));
        awaitState("ONLINE|b2");
        publish(line, home + "presence", "{\"online\":false}");
        awaitState("OFFLINE|b2");
        publish(
                line,
                home + "telemetry",
                TestDevices.envelope(newId(), "b2", 1, now(), "ntp", "{\"reg\":{\"import\":\"1.00\"}}"));
        awaitReadings(1);
        assertTrue(devices.one("SELECT connectivity FROM device_state WHERE device_id = ?", meter)
                .equals("ONLINE"));
    }

    @Test
    void reportedStateMovesForwardOnly() {
        publish(line, home + "state", envelope("{\"version\":5,\"relay\":\"open\"}"));
        publish(line, home + "state", envelope("{\"version\":4,\"relay\":\"closed\"}"));
        reading("1.00");
        awaitReadings(1);
        assertEquals(
                "5|OFF|open",
                devices.one(
                        "SELECT state_version, switch_reported, reported ->> 'relay' FROM device_state WHERE device_id = ?",
                        meter));
        publish(
                line,
                home + "telemetry",
                TestDevices.envelope(
                        newId(), "b1", seq++, now(), "ntp", "{\"reg\":{\"import\":\"2.00\"},\"relay\":\"closed\"}"));
        awaitReadings(2);
        publish(
                line,
                home + "telemetry",
                TestDevices.envelope(
                        newId(),
                        "b1",
                        seq++,
                        now().minusSeconds(3600),
                        "ntp",
                        "{\"reg\":{\"import\":\"2.00\"},\"relay\":\"open\"}"));
        awaitReadings(3);
        assertEquals("ON", devices.one("SELECT switch_reported FROM device_state WHERE device_id = ?", meter));
    }

    @Test
    void missingSequenceNumbersAreCounted() {
        for (int number : new int[] {0, 1, 4, 2, 5, 9}) {
            publish(
                    line,
                    home + "telemetry",
                    TestDevices.envelope(newId(), "b1", number, now(), "ntp", "{\"reg\":{\"import\":\"1.00\"}}"));
        }
        awaitReadings(6);
        assertEquals("9|5", devices.one("SELECT last_seq, seq_gaps FROM device_state WHERE device_id = ?", meter));
    }

    @Test
    void anEventIsKeptOnceAndEveryRepetitionIsConfirmed() throws Exception {
        String event = envelope("{\"type\":\"switch\",\"relay\":\"open\",\"cause\":\"credit\"}");
        try (Mqtt5BlockingClient.Mqtt5Publishes down = line.publishes(MqttGlobalPublishFilter.ALL)) {
            line.subscribeWith()
                    .topicFilter("pm/v1/" + code + "/emeter/" + uid + "/down/#")
                    .send();
            publish(line, home + "event", event);
            publish(line, home + "event", event);
            for (int i = 0; i < 2; i++) {
                Optional<Mqtt5Publish> answer = down.receive(10, TimeUnit.SECONDS);
                assertTrue(answer.orElseThrow().getTopic().toString().endsWith("/down/evtack"));
                String id = event.substring(13, 39);
                assertEquals("{\"v\":1,\"ids\":[\"" + id + "\"]}", text(answer.get()));
            }
            assertEquals("1", devices.one("SELECT count(*) FROM device_event WHERE device_id = ?", meter));
        }
    }

    @Test
    void anEventThatIsRefusedStaysWithTheDeviceAndIsHandedOverWhenItComesAgain() throws Exception {
        String event = envelope("{\"type\":\"switch\",\"relay\":\"open\",\"cause\":\"credit\"}");
        UUID id = Ulid.parse(event.substring(13, 39));
        ChoosyHandler.NOT_NOW.add(meter);
        try (Mqtt5BlockingClient.Mqtt5Publishes down = line.publishes(MqttGlobalPublishFilter.ALL)) {
            line.subscribeWith()
                    .topicFilter("pm/v1/" + code + "/emeter/" + uid + "/down/evtack")
                    .send();
            publish(line, home + "event", event);
            awaitRejected(1);
            assertTrue(down.receive(1, TimeUnit.SECONDS).isEmpty(), "told that it is stored: it would forget it");
            ChoosyHandler.NOT_NOW.remove(meter);
            publish(line, home + "event", event);
            Optional<Mqtt5Publish> answer = down.receive(10, TimeUnit.SECONDS);
            assertTrue(answer.orElseThrow().getTopic().toString().endsWith("/down/evtack"));
        }
        assertEquals(1, ChoosyHandler.TAKEN.stream().filter(id::equals).count());
        publish(line, home + "event", event);
        publish(line, home + "event", envelope("{\"type\":\"switch\",\"relay\":\"closed\",\"cause\":\"credit\"}"));
        await().until(() -> "2".equals(devices.one("SELECT count(*) FROM device_event WHERE device_id = ?", meter)));
        assertEquals(1, ChoosyHandler.TAKEN.stream().filter(id::equals).count());
    }

    @Test
    void aDeviceThatAsksIsToldTheTime() throws Exception {
        try (Mqtt5BlockingClient.Mqtt5Publishes down = line.publishes(MqttGlobalPublishFilter.ALL)) {
            line.subscribeWith()
                    .topicFilter("pm/v1/" + code + "/emeter/" + uid + "/down/#")
                    .send();
            publish(line, home + "req", envelope("{\"what\":\"time\",\"t0\":77}"));
            String answer = text(down.receive(10, TimeUnit.SECONDS).orElseThrow());
            assertTrue(
                    answer.matches("\\{\"v\":1,\"re\":\".{26}\",\"what\":\"time\",\"t0\":77,\"t1\":\\d+,\"t2\":\\d+}"),
                    answer);
        }
    }

    @Test
    void aGatewaySpeaksForItsChildrenAndNoOthers() {
        String gatewayUid = "gw-" + code;
        UUID gateway = devices.device(tenant, "gateway", gatewayUid, null);
        UUID child = devices.device(tenant, "emeter", "em-child-" + code, gateway);
        UUID water = devices.device(tenant, "wmeter", "wm-child-" + code, gateway);
        String items =
                """
                {"items":[
                 {"uid":"em-child-%1$s","seq":4,"ts":"%2$s","kind":"telemetry","data":{"reg":{"import":"88.10"},"relay":"closed"}},
                 {"uid":"wm-child-%1$s","seq":9,"ts":"%2$s","kind":"telemetry","data":{"reg":{"total":"12.345"},"valve":"closed"}},
                 {"uid":"wm-child-%1$s","seq":10,"ts":"%2$s","kind":"telemetry","data":{"reg":{"total":"x"}}},
                 {"uid":"em-%1$s","seq":1,"ts":"%2$s","kind":"telemetry","data":{"reg":{"import":"1.00"}}}]}"""
                        .formatted(code, now());
        Mqtt5BlockingClient gatewayLine = TestDevices.connect(gatewayUid);
        String up = "pm/v1/" + code + "/gateway/" + gatewayUid + "/up/";
        String bulk = envelope(items);
        publish(gatewayLine, up + "bulk", bulk);
        publish(gatewayLine, up + "bulk", bulk);
        awaitRejected(2);
        await().until(() -> "2,2"
                .equals(devices.one(
                        "SELECT string_agg(times::text, ',') FROM rejected_message WHERE tenant_id = ?", tenant)));
        await().until(() -> devices.one("SELECT count(*) FROM test_reading WHERE device_id = ?", child)
                .equals("1"));
        assertEquals(
                List.of("ONLINE|ON", "ONLINE|OFF", "ONLINE|null"),
                devices.rows(
                        "SELECT connectivity, switch_reported FROM device_state WHERE device_id IN (?, ?, ?)"
                                + " ORDER BY array_position(ARRAY[?::uuid, ?::uuid, ?::uuid], device_id)",
                        child,
                        water,
                        gateway,
                        child,
                        water,
                        gateway));
        assertEquals(
                List.of("SCHEMA|1|2", "UNKNOWN_DEVICE|1|2"),
                devices.rows(
                        "SELECT reason, jsonb_array_length(convert_from(payload, 'UTF8')::jsonb #> '{data,items}'), times FROM rejected_message"
                                + " WHERE tenant_id = ? ORDER BY reason",
                        tenant));
        publish(
                gatewayLine,
                up + "event",
                envelope("{\"type\":\"child\",\"uid\":\"em-child-" + code + "\",\"online\":false}"));
        await().until(() ->
                "OFFLINE".equals(devices.one("SELECT connectivity FROM device_state WHERE device_id = ?", child)));
        gatewayLine.disconnect();
    }

    @Test
    void whoeverIsHeardOfForTheFirstTimeIsInServiceHoweverItIsHeard() {
        String gatewayUid = "gw-" + code;
        UUID gateway = devices.device(tenant, "gateway", gatewayUid, null);
        UUID late = devices.device(tenant, "emeter", "em-late-" + code, gateway);
        UUID announced = devices.device(tenant, "emeter", "em-told-" + code, gateway);
        UUID shut = devices.device(tenant, "emeter", "em-shut-" + code, gateway);
        UUID silent = devices.device(tenant, "wmeter", "wm-child-" + code, gateway);
        devices.run("UPDATE device SET lifecycle = 'DISABLED' WHERE id = ?", shut);
        Mqtt5BlockingClient gatewayLine = TestDevices.connect(gatewayUid);
        String up = "pm/v1/" + code + "/gateway/" + gatewayUid + "/up/";
        String item =
                "{\"uid\":\"%s\",\"seq\":4,\"ts\":\"%s\",\"kind\":\"telemetry\",\"data\":{\"reg\":{\"import\":\"88.10\"}}}";
        String bulk = envelope("{\"items\":["
                + item.formatted("em-late-" + code, now().minus(Duration.ofDays(2))) + ","
                + item.formatted("em-shut-" + code, now()) + "]}");
        for (int i = 0; i < 2; i++) {
            publish(gatewayLine, up + "bulk", bulk);
            for (String child : new String[] {"em-told-", "em-shut-"}) {
                publish(
                        gatewayLine,
                        up + "event",
                        envelope("{\"type\":\"child\",\"uid\":\"" + child + code + "\",\"online\":true}"));
            }
        }
        publish(line, home + "presence", "{\"v\":1,\"online\":false}");
        awaitLifecycle("ACTIVE", gateway);
        awaitLifecycle("ACTIVE", late);
        awaitLifecycle("ACTIVE", announced);
        awaitRejected(1);
        awaitIdle();
        awaitLifecycle("DISABLED", shut);
        awaitLifecycle("REGISTERED", silent);
        awaitLifecycle("REGISTERED", meter);
        assertEquals("0", devices.one("SELECT count(*) FROM device_state WHERE device_id = ?", shut));
        reading("1.00");
        awaitLifecycle("ACTIVE", meter);
        gatewayLine.disconnect();
    }

    @Test
    void aDisabledDeviceIsNotHeard() {
        devices.run("UPDATE device SET lifecycle = 'DISABLED' WHERE id = ?", meter);
        reading("1.00");
        awaitRejected(1);
        assertEquals("DISABLED_DEVICE", devices.one("SELECT reason FROM rejected_message WHERE device_id = ?", meter));
        assertEquals("0", devices.one("SELECT count(*) FROM device_state WHERE device_id = ?", meter));
    }

    private void awaitLifecycle(String lifecycle, UUID device) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> devices.one("SELECT lifecycle FROM device WHERE id = ?", device), lifecycle::equals);
    }

    @Test
    void suspendedCompaniesAndRetiredDevicesAreRefused() {
        devices.run("UPDATE device SET lifecycle = 'RETIRED', retired_at = now() WHERE id = ?", meter);
        reading("1.00");
        awaitRejected(1);
        devices.run("UPDATE tenant SET status = 'SUSPENDED' WHERE id = ?", tenant);
        reading("2.00");
        awaitRejected(2);
        assertEquals(
                List.of("RETIRED_DEVICE", "SUSPENDED_TENANT"),
                devices.rows("SELECT reason FROM rejected_message WHERE tenant_id = ? ORDER BY reason", tenant));
    }

    private void reading(String total) {
        publish(line, home + "telemetry", reading(newId(), total, now()));
    }

    private String reading(String id, String total, Instant ts) {
        return TestDevices.envelope(id, "b1", seq++, ts, "ntp", "{\"reg\":{\"import\":\"" + total + "\"}}");
    }

    private String envelope(String data) {
        return TestDevices.envelope(newId(), "b1", seq++, now(), "ntp", data);
    }

    private static String birth(String boot) {
        return "{\"v\":1,\"online\":true,\"boot\":\"" + boot + "\",\"ts\":\"" + now() + "\",\"clk\":\"ntp\",\"hb\":60}";
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String text(Mqtt5Publish publish) {
        return new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
    }

    private int stored() {
        return Integer.parseInt(devices.one("SELECT count(*) FROM test_reading WHERE device_id = ?", meter));
    }

    private int rejected() {
        return Integer.parseInt(devices.one("SELECT count(*) FROM rejected_message WHERE tenant_id = ?", tenant));
    }

    private void awaitReadings(int count) {
        await().atMost(Duration.ofSeconds(30)).until(this::stored, stored -> stored == count);
    }

    private void awaitRejected(int count) {
        await().atMost(Duration.ofSeconds(30)).until(this::rejected, rejected -> rejected == count);
    }

    private void awaitState(String expected) {
        await().atMost(Duration.ofSeconds(15))
                .until(
                        () -> devices.one("SELECT connectivity, boot FROM device_state WHERE device_id = ?", meter),
                        expected::equals);
    }

    private void awaitIdle() {
        await().atMost(Duration.ofSeconds(30)).until(() -> inbox.backlog() == 0);
    }
}
