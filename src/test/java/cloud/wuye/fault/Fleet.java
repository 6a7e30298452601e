package cloud.wuye.fault;

import cloud.wuye.device.contract.Ulid;
import cloud.wuye.platform.Ids;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Meters that count on, each message one step further, through one connection that speaks for all of them. */
final class Fleet implements AutoCloseable {
    /** What a meter counts between two readings, kWh. */
    static final BigDecimal STEP = new BigDecimal("0.02");

    private static final int WINDOW = 500;

    private final Mosquitto broker;
    private final String tenant;
    private final List<String> uids;
    private Mqtt3AsyncClient line;

    Fleet(Mosquitto broker, String tenant, List<String> uids) {
        this.broker = broker;
        this.tenant = tenant;
        this.uids = uids;
        connect();
    }

    /** One message, ready to be published once or more often. */
    record Sample(String topic, byte[] payload) {}

    /** So many readings of every meter, a minute apart, the last one now. */
    List<Sample> readings(int each) {
        Instant first = Instant.now().minus(Duration.ofMinutes(each));
        List<Sample> samples = new ArrayList<>(each * uids.size());
        for (int i = 0; i < each; i++) {
            for (String uid : uids) {
                samples.add(new Sample(
                        "pm/v1/" + tenant + "/emeter/" + uid + "/up/telemetry",
                        reading(i, first.plus(Duration.ofMinutes(i)))));
            }
        }
        return samples;
    }

    private static byte[] reading(int number, Instant at) {
        BigDecimal register = new BigDecimal("100.00").add(STEP.multiply(BigDecimal.valueOf(number)));
        return """
                {"v":1,"id":"%s","boot":"b1","seq":%d,"ts":"%s","clk":"ntp","data":{"reg":{"import":"%s"}}}"""
                .formatted(Ulid.format(Ids.next()), number + 1, at, register)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Publishes with QoS 1; returns when the broker has them all. */
    void publish(List<Sample> samples) {
        Semaphore window = new Semaphore(WINDOW);
        for (Sample sample : samples) {
            window.acquireUninterruptibly();
            line.publishWith()
                    .topic(sample.topic())
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(sample.payload())
                    .send()
                    .whenComplete((sent, failure) -> window.release());
        }
        window.acquireUninterruptibly(WINDOW);
    }

    /** After the broker was away. */
    void reconnect() {
        connect();
    }

    private void connect() {
        line = MqttClient.builder()
                .useMqttVersion3()
                .identifier("fleet-" + Ids.next())
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .simpleAuth()
                .username("fleet")
                .password(broker.password().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildAsync();
        line.connect().join();
    }

    @Override
    public void close() {
        if (line.getState().isConnected()) {
            line.disconnect().join();
        }
    }
}
