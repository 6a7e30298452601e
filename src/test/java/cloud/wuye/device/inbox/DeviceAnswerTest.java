package cloud.wuye.device.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.contract.Ulid;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a device is answered by the corridor. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class DeviceAnswerTest extends WithHeardMeter {
    @Test
    void anEventIsKeptOnceAndEveryRepetitionIsConfirmed() throws Exception {
        String event = meter.envelope("{\"type\":\"switch\",\"relay\":\"open\",\"cause\":\"credit\"}");
        try (Mqtt5BlockingClient.Mqtt5Publishes down = meter.listens("evtack")) {
            meter.says("event", event);
            meter.says("event", event);
            for (int i = 0; i < 2; i++) {
                String answer = text(down.receive(10, TimeUnit.SECONDS).orElseThrow());
                assertEquals("{\"v\":1,\"ids\":[\"" + event.substring(13, 39) + "\"]}", answer);
            }
            assertEquals("1", devices.one("SELECT count(*) FROM device_event WHERE device_id = ?", meter.id));
        }
    }

    @Test
    void anEventThatIsRefusedStaysWithTheDeviceAndIsHandedOverWhenItComesAgain() throws Exception {
        String event = meter.envelope("{\"type\":\"switch\",\"relay\":\"open\",\"cause\":\"credit\"}");
        UUID id = Ulid.parse(event.substring(13, 39));
        ChoosyHandler.NOT_NOW.add(meter.id);
        try (Mqtt5BlockingClient.Mqtt5Publishes down = meter.listens("evtack")) {
            meter.says("event", event);
            meter.awaitRejected(1);
            assertTrue(down.receive(1, TimeUnit.SECONDS).isEmpty(), "told that it is stored: it would forget it");
            ChoosyHandler.NOT_NOW.remove(meter.id);
            meter.says("event", event);
            assertTrue(down.receive(10, TimeUnit.SECONDS).isPresent());
        }
        assertEquals(1, ChoosyHandler.TAKEN.stream().filter(id::equals).count());
        meter.says("event", event);
        meter.says("event", meter.envelope("{\"type\":\"switch\",\"relay\":\"closed\",\"cause\":\"credit\"}"));
        await().until(() -> "2".equals(devices.one("SELECT count(*) FROM device_event WHERE device_id = ?", meter.id)));
        assertEquals(1, ChoosyHandler.TAKEN.stream().filter(id::equals).count());
    }

    @Test
    void aDeviceThatAsksIsToldTheTime() throws Exception {
        try (Mqtt5BlockingClient.Mqtt5Publishes down = meter.listens("res")) {
            meter.says("req", meter.envelope("{\"what\":\"time\",\"t0\":77}"));
            String answer = text(down.receive(10, TimeUnit.SECONDS).orElseThrow());
            assertTrue(
                    answer.matches("\\{\"v\":1,\"re\":\".{26}\",\"what\":\"time\",\"t0\":77,\"t1\":\\d+,\"t2\":\\d+}"),
                    answer);
        }
    }

    private static String text(Mqtt5Publish publish) {
        return new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
    }
}
