package cloud.wuye.kit.simulator;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** A device's own connection: its own login, its will, and a session that the broker keeps while it is away. */
final class OwnConnection implements Line {
    private static final Duration SESSION = Duration.ofDays(7);

    private final DeviceCard card;
    private final Mqtt5AsyncClient client;
    private volatile boolean wanted;

    /**
     * @param hears gets the last word of the topic and the payload of what is sent to the device
     * @param lost runs when the connection ended and nobody wanted that
     */
    OwnConnection(BrokerAddress broker, DeviceCard card, BiConsumer<String, byte[]> hears, Runnable lost) {
        this.card = card;
        client = broker.client(card.uid())
                .useMqttVersion5()
                .simpleAuth()
                .username(card.uid())
                .password(card.password().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .addDisconnectedListener(context -> {
                    if (wanted) {
                        lost.run();
                    }
                })
                .buildAsync();
        // Before connecting: what the broker kept for the session comes at once.
        client.publishes(MqttGlobalPublishFilter.ALL, publish -> hears.accept(lastWord(publish), payload(publish)));
    }

    /** Connects and subscribes; done when the broker has confirmed both. */
    CompletableFuture<?> open(byte[] will) {
        return client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(SESSION.toSeconds())
                .keepAlive(30)
                .willPublish()
                .topic(card.up("presence"))
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .payload(will)
                .applyWillPublish()
                .send()
                .thenCompose(connected -> client.subscribeWith()
                        .topicFilter(card.allDown())
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send())
                .thenRun(() -> wanted = true);
    }

    @Override
    public CompletableFuture<?> publish(String topic, byte[] payload, boolean retain) {
        return client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload)
                .retain(retain)
                .send()
                .thenApply(OwnConnection::accepted);
    }

    /** Says goodbye: the will is not sent. */
    CompletableFuture<?> close() {
        wanted = false;
        return client.getState().isConnectedOrReconnect()
                ? client.disconnect()
                : CompletableFuture.completedFuture(null);
    }

    /** Is gone as after a power cut: the broker sends the will. */
    CompletableFuture<?> cut() {
        wanted = false;
        return client.getState().isConnectedOrReconnect()
                ? client.disconnectWith()
                        .reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE)
                        .send()
                : CompletableFuture.completedFuture(null);
    }

    static Mqtt5PublishResult accepted(Mqtt5PublishResult result) {
        result.getError().ifPresent(error -> {
            throw new IllegalStateException("the broker refused a message", error);
        });
        return result;
    }

    private static String lastWord(Mqtt5Publish publish) {
        String topic = publish.getTopic().toString();
        return topic.substring(topic.lastIndexOf('/') + 1);
    }

    private static byte[] payload(Mqtt5Publish publish) {
        return publish.getPayloadAsBytes();
    }
}
