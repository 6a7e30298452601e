package cloud.wuye.device.command;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.Fault;
import cloud.wuye.kit.simulator.Faults;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.platform.Ids;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Devices that do not know the time are told to ask for it; whatever a device asks for, it is answered. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class ClockAndAnswersTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    TestDevices tables;

    private TestTenant company;

    @BeforeEach
    void aCompany() {
        company = TestTenants.fresh();
    }

    @Test
    void aMeterWithoutATimeIsToldToAskForItAndIsBelievedFromThenOn() {
        String uid = uid();
        UUID id = tables.device(company.id(), "emeter", uid, null);
        KitServers kit = KitServers.shared();
        MeterSettings settings = MeterSettings.usual().with(Faults.none().with(Fault.NOCLOCK, 1));
        try (SimulatedMeter meter = SimulatedMeter.of(
                BrokerAddress.parse(kit.fact("mqtt.host") + ":" + kit.fact("mqtt.port")),
                DeviceCard.home(company.code(), uid, "any"),
                settings)) {
            meter.connectNow();
            await().until(() -> List.of("time.sync|SUCCEEDED").equals(commands(id)));
            meter.report();
            await().until(() -> "f".equals(one("SELECT clock_suspect FROM device_state WHERE device_id = ?", id)));
            assertTrue(meter.clockOffset().abs().compareTo(Duration.ofSeconds(5)) < 0, "" + meter.clockOffset());
        }
    }

    @Test
    void aClockThatStaysWrongIsMentionedOnceAnHour() {
        String uid = uid();
        UUID id = tables.device(company.id(), "emeter", uid, null);
        String home = "pm/v1/" + company.code() + "/emeter/" + uid + "/up/";
        Mqtt5BlockingClient line = TestDevices.connect(uid);
        for (int i = 0; i < 5; i++) {
            fromTheFuture(line, home, i);
        }
        await().until(() -> "5".equals(one("SELECT last_seq + 1 FROM device_state WHERE device_id = ?", id)));
        await().until(() -> commands(id).equals(List.of("time.sync|SENT")));
        tables.run("UPDATE device_command SET state = 'EXPIRED', deadline = NULL WHERE device_id = ?", id);
        tables.run("UPDATE device_state SET clock_sync_at = now() - interval '59 minutes' WHERE device_id = ?", id);
        fromTheFuture(line, home, 5);
        await().until(() -> "6".equals(one("SELECT last_seq + 1 FROM device_state WHERE device_id = ?", id)));
        assertEquals(List.of("time.sync|EXPIRED"), commands(id));
        tables.run("UPDATE device_state SET clock_sync_at = now() - interval '61 minutes' WHERE device_id = ?", id);
        fromTheFuture(line, home, 6);
        await().until(() -> commands(id).equals(List.of("time.sync|EXPIRED", "time.sync|SENT")));
        line.disconnect();
    }

    @Test
    void whatTheServiceDoesNotServeItSays() throws Exception {
        assertEquals(
                "{\"what\":\"firmware\",\"code\":\"NOT_OFFERED\"}",
                asked("emeter", "{\"what\":\"firmware\",\"fw\":\"1.4.2\"}"));
        assertEquals(
                "{\"what\":\"faces\",\"code\":\"NOT_OFFERED\"}",
                asked("face", "{\"what\":\"faces\",\"since\":\"B7\"}"));
        assertEquals("{\"what\":\"faces\",\"code\":\"NOT_FOR_THIS_CLASS\"}", asked("charger", "{\"what\":\"faces\"}"));
    }

    @Test
    void theTimeIsGivenAsOfComingInAndGoingOut() throws Exception {
        long before = System.currentTimeMillis();
        JsonNode answer = JSON.readTree(asked("wmeter", "{\"what\":\"time\",\"t0\":17}"));
        assertEquals(17, answer.path("t0").asLong());
        long t1 = answer.path("t1").asLong();
        long t2 = answer.path("t2").asLong();
        assertTrue(before <= t1 && t1 <= t2 && t2 <= System.currentTimeMillis(), answer.toString());
    }

    /** The answer, without what names version and question. */
    private String asked(String deviceClass, String data) throws Exception {
        String uid = uid();
        tables.device(company.id(), deviceClass, uid, null);
        String home = "pm/v1/" + company.code() + "/" + deviceClass + "/" + uid + "/";
        Mqtt5BlockingClient line = TestDevices.connect(uid);
        try (Mqtt5BlockingClient.Mqtt5Publishes heard = line.publishes(MqttGlobalPublishFilter.ALL)) {
            line.subscribeWith()
                    .topicFilter(home + "down/res")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
            String question = TestDevices.newId();
            TestDevices.publish(line, home + "up/req", TestDevices.envelope(question, "b1", 0, now(), "ntp", data));
            var answer = heard.receive(10, TimeUnit.SECONDS).orElseThrow();
            var json = (com.fasterxml.jackson.databind.node.ObjectNode) JSON.readTree(answer.getPayloadAsBytes());
            assertEquals(question, json.remove("re").asText());
            assertEquals(1, json.remove("v").asInt());
            return json.toString();
        } finally {
            line.disconnect();
        }
    }

    private static void fromTheFuture(Mqtt5BlockingClient line, String home, int seq) {
        TestDevices.publish(
                line,
                home + "telemetry",
                TestDevices.envelope(
                        TestDevices.newId(),
                        "b1",
                        seq,
                        now().plus(Duration.ofHours(2)),
                        "rtc",
                        "{\"reg\":{\"import\":\"1.00\"}}"));
    }

    private List<String> commands(UUID device) {
        return tables.rows("SELECT op, state FROM device_command WHERE device_id = ? ORDER BY created_at", device);
    }

    private String one(String sql, UUID device) {
        return tables.one(sql, device);
    }

    private static String uid() {
        return "e" + Ids.next().toString().replace("-", "").substring(10);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
