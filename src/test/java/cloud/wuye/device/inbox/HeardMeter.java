package cloud.wuye.device.inbox;

import static cloud.wuye.device.inbox.TestDevices.newId;
import static cloud.wuye.device.inbox.TestDevices.publish;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A meter of a company of its own with a line to the broker, and what came of what it said. */
final class HeardMeter {
    private final TestDevices devices;
    private final DeviceInbox inbox;

    final String code = "t" + Long.toString(System.nanoTime(), 36);
    final UUID tenant;
    final String uid = "em-" + code;
    final UUID id;
    final String home = "pm/v1/" + code + "/emeter/" + uid + "/up/";
    Mqtt5BlockingClient line;
    private int seq;

    HeardMeter(TestDevices devices, DeviceInbox inbox) {
        this.devices = devices;
        this.inbox = inbox;
        devices.awaitListening();
        devices.asOwner(TestReadings.TABLE);
        TestReadings.awake = true;
        TestReadings.failures.set(0);
        tenant = devices.tenant(code);
        id = devices.device(tenant, "emeter", uid, null);
        line = TestDevices.connect(uid);
    }

    void fallSilent() {
        TestReadings.awake = false;
        line.disconnect();
    }

    int nextSeq() {
        return seq++;
    }

    /** To one kind of what it is sent: what it says may be answered by a command besides, sooner or later. */
    Mqtt5BlockingClient.Mqtt5Publishes listens(String word) {
        Mqtt5BlockingClient.Mqtt5Publishes heard = line.publishes(MqttGlobalPublishFilter.ALL);
        line.subscribeWith()
                .topicFilter("pm/v1/" + code + "/emeter/" + uid + "/down/" + word)
                .send();
        return heard;
    }

    /** On one of its channels. */
    void says(String channel, String payload) {
        publish(line, home + channel, payload);
    }

    void reading(String total) {
        says("telemetry", reading(newId(), total, now()));
    }

    String reading(String id, String total, Instant ts) {
        return TestDevices.envelope(id, "b1", seq++, ts, "ntp", "{\"reg\":{\"import\":\"" + total + "\"}}");
    }

    String envelope(String data) {
        return TestDevices.envelope(newId(), "b1", seq++, now(), "ntp", data);
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    int stored() {
        return Integer.parseInt(devices.one("SELECT count(*) FROM test_reading WHERE device_id = ?", id));
    }

    int rejected() {
        return Integer.parseInt(devices.one("SELECT count(*) FROM rejected_message WHERE tenant_id = ?", tenant));
    }

    void awaitReadings(int count) {
        await().atMost(Duration.ofSeconds(30)).until(this::stored, stored -> stored == count);
    }

    void awaitRejected(int count) {
        await().atMost(Duration.ofSeconds(30)).until(this::rejected, rejected -> rejected == count);
    }

    void awaitState(String expected) {
        await().atMost(Duration.ofSeconds(15))
                .until(
                        () -> devices.one("SELECT connectivity, boot FROM device_state WHERE device_id = ?", id),
                        expected::equals);
    }

    void awaitIdle() {
        await().atMost(Duration.ofSeconds(30)).until(() -> inbox.backlog() == 0);
    }
}
