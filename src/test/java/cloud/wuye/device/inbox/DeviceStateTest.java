package cloud.wuye.device.inbox;

import static cloud.wuye.device.inbox.HeardMeter.now;
import static cloud.wuye.device.inbox.TestDevices.newId;
import static cloud.wuye.device.inbox.TestDevices.publish;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the corridor makes of how a device is: connected, switched, in service, one of a gateway's. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class DeviceStateTest extends WithHeardMeter {
    @Test
    void lastWillOfAnEarlierConnectionDoesNotTakeTheDeviceOffline() {
        meter.says("presence", birth("b1"));
        meter.awaitState("ONLINE|b1");
        meter.says("presence", "{\"v\":1,\"online\":false,\"boot\":\"b1\"}");
        meter.awaitState("OFFLINE|b1");
        meter.says("presence", birth("b2"));
        meter.awaitState("ONLINE|b2");
        meter.says("presence", "{\"v\":1,\"online\":false,\"boot\":\"b1\"}");
        meter.says(
                "info",
                TestDevices.envelope(newId(), "b2", 0, now(), "ntp", "{\"model\":\"M\",\"fw\":\"1\",\"hb\":30}"));
        await().until(() -> "30|M"
                .equals(devices.one(
                        "SELECT heartbeat_seconds, info ->> 'model' FROM device_state WHERE device_id = ?", meter.id)));
        meter.awaitState("ONLINE|b2");
        meter.says("presence", "{\"online\":false}");
        meter.awaitState("OFFLINE|b2");
        meter.says(
                "telemetry", TestDevices.envelope(newId(), "b2", 1, now(), "ntp", "{\"reg\":{\"import\":\"1.00\"}}"));
        meter.awaitReadings(1);
        assertTrue(devices.one("SELECT connectivity FROM device_state WHERE device_id = ?", meter.id)
                .equals("ONLINE"));
    }

    @Test
    void reportedStateMovesForwardOnly() {
        meter.says("state", meter.envelope("{\"version\":5,\"relay\":\"open\"}"));
        meter.says("state", meter.envelope("{\"version\":4,\"relay\":\"closed\"}"));
        meter.reading("1.00");
        meter.awaitReadings(1);
        assertEquals(
                "5|OFF|open",
                devices.one(
                        "SELECT state_version, switch_reported, reported ->> 'relay' FROM device_state WHERE device_id = ?",
                        meter.id));
        meter.says(
                "telemetry",
                TestDevices.envelope(
                        newId(),
                        "b1",
                        meter.nextSeq(),
                        now(),
                        "ntp",
                        "{\"reg\":{\"import\":\"2.00\"},\"relay\":\"closed\"}"));
        meter.awaitReadings(2);
        meter.says(
                "telemetry",
                TestDevices.envelope(
                        newId(),
                        "b1",
                        meter.nextSeq(),
                        now().minusSeconds(3600),
                        "ntp",
                        "{\"reg\":{\"import\":\"2.00\"},\"relay\":\"open\"}"));
        meter.awaitReadings(3);
        assertEquals("ON", devices.one("SELECT switch_reported FROM device_state WHERE device_id = ?", meter.id));
    }

    @Test
    void missingSequenceNumbersAreCounted() {
        for (int number : new int[] {0, 1, 4, 2, 5, 9}) {
            meter.says(
                    "telemetry",
                    TestDevices.envelope(newId(), "b1", number, now(), "ntp", "{\"reg\":{\"import\":\"1.00\"}}"));
        }
        meter.awaitReadings(6);
        assertEquals("9|5", devices.one("SELECT last_seq, seq_gaps FROM device_state WHERE device_id = ?", meter.id));
    }

    @Test
    void aGatewaySpeaksForItsChildrenAndNoOthers() {
        String gatewayUid = "gw-" + meter.code;
        UUID gateway = devices.device(meter.tenant, "gateway", gatewayUid, null);
        UUID child = devices.device(meter.tenant, "emeter", "em-child-" + meter.code, gateway);
        UUID water = devices.device(meter.tenant, "wmeter", "wm-child-" + meter.code, gateway);
        String items =
                """
                {"items":[
                 {"uid":"em-child-%1$s","seq":4,"ts":"%2$s","kind":"telemetry","data":{"reg":{"import":"88.10"},"relay":"closed"}},
                 {"uid":"wm-child-%1$s","seq":9,"ts":"%2$s","kind":"telemetry","data":{"reg":{"total":"12.345"},"valve":"closed"}},
                 {"uid":"wm-child-%1$s","seq":10,"ts":"%2$s","kind":"telemetry","data":{"reg":{"total":"x"}}},
                 {"uid":"em-%1$s","seq":1,"ts":"%2$s","kind":"telemetry","data":{"reg":{"import":"1.00"}}}]}"""
                        .formatted(meter.code, now());
        Mqtt5BlockingClient gatewayLine = TestDevices.connect(gatewayUid);
        String up = "pm/v1/" + meter.code + "/gateway/" + gatewayUid + "/up/";
        String bulk = meter.envelope(items);
        publish(gatewayLine, up + "bulk", bulk);
        publish(gatewayLine, up + "bulk", bulk);
        meter.awaitRejected(2);
        await().until(() -> "2,2"
                .equals(devices.one(
                        "SELECT string_agg(times::text, ',') FROM rejected_message WHERE tenant_id = ?",
                        meter.tenant)));
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
                        meter.tenant));
        publish(
                gatewayLine,
                up + "event",
                meter.envelope("{\"type\":\"child\",\"uid\":\"em-child-" + meter.code + "\",\"online\":false}"));
        await().until(() ->
                "OFFLINE".equals(devices.one("SELECT connectivity FROM device_state WHERE device_id = ?", child)));
        gatewayLine.disconnect();
    }

    @Test
    void whoeverIsHeardOfForTheFirstTimeIsInServiceHoweverItIsHeard() {
        String gatewayUid = "gw-" + meter.code;
        UUID gateway = devices.device(meter.tenant, "gateway", gatewayUid, null);
        UUID late = devices.device(meter.tenant, "emeter", "em-late-" + meter.code, gateway);
        UUID announced = devices.device(meter.tenant, "emeter", "em-told-" + meter.code, gateway);
        UUID shut = devices.device(meter.tenant, "emeter", "em-shut-" + meter.code, gateway);
        UUID silent = devices.device(meter.tenant, "wmeter", "wm-child-" + meter.code, gateway);
        devices.run("UPDATE device SET lifecycle = 'DISABLED' WHERE id = ?", shut);
        Mqtt5BlockingClient gatewayLine = TestDevices.connect(gatewayUid);
        String up = "pm/v1/" + meter.code + "/gateway/" + gatewayUid + "/up/";
        String item =
                "{\"uid\":\"%s\",\"seq\":4,\"ts\":\"%s\",\"kind\":\"telemetry\",\"data\":{\"reg\":{\"import\":\"88.10\"}}}";
        String bulk = meter.envelope("{\"items\":["
                + item.formatted("em-late-" + meter.code, now().minus(Duration.ofDays(2))) + ","
                + item.formatted("em-shut-" + meter.code, now()) + "]}");
        for (int i = 0; i < 2; i++) {
            publish(gatewayLine, up + "bulk", bulk);
            for (String child : new String[] {"em-told-", "em-shut-"}) {
                publish(
                        gatewayLine,
                        up + "event",
                        meter.envelope("{\"type\":\"child\",\"uid\":\"" + child + meter.code + "\",\"online\":true}"));
            }
        }
        meter.says("presence", "{\"v\":1,\"online\":false}");
        awaitLifecycle("ACTIVE", gateway);
        awaitLifecycle("ACTIVE", late);
        awaitLifecycle("ACTIVE", announced);
        meter.awaitRejected(1);
        meter.awaitIdle();
        awaitLifecycle("DISABLED", shut);
        awaitLifecycle("REGISTERED", silent);
        awaitLifecycle("REGISTERED", meter.id);
        assertEquals("0", devices.one("SELECT count(*) FROM device_state WHERE device_id = ?", shut));
        meter.reading("1.00");
        awaitLifecycle("ACTIVE", meter.id);
        gatewayLine.disconnect();
    }

    private static String birth(String boot) {
        return "{\"v\":1,\"online\":true,\"boot\":\"" + boot + "\",\"ts\":\"" + now() + "\",\"clk\":\"ntp\",\"hb\":60}";
    }

    private void awaitLifecycle(String lifecycle, UUID device) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> devices.one("SELECT lifecycle FROM device WHERE id = ?", device), lifecycle::equals);
    }
}
