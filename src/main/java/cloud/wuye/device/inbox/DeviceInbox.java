package cloud.wuye.device.inbox;

import cloud.wuye.platform.time.Clock;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.smallrye.reactive.messaging.mqtt.ReceivingMqttMessageMetadata;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.mqtt.messages.MqttPublishMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * The only way in for devices. Takes each message as it comes, spreads them over partitions by device, and leaves them
 * there to the {@link Corridor}. The broker hears of a message only when its transaction has committed.
 *
 * <p>It never lets the connector wait: a subscriber that asks for less than everything makes the connector's buffer
 * overflow, which ends the channel for good. What bounds the backlog is the broker's own window of unacknowledged messages; of
 * those that want no acknowledgement, live samples, only so many wait.
 */
@ApplicationScoped
class DeviceInbox {
    static final String CHANNEL = "telemetry";
    private static final Logger LOG = Logger.getLogger(DeviceInbox.class);

    private final Partition[] partitions;
    private final InboxMetrics metrics;
    private final Clock clock;
    private final InboxConfig config;
    private volatile boolean ended;

    DeviceInbox(Vertx vertx, Corridor corridor, InboxMetrics metrics, Clock clock, InboxConfig config) {
        this.metrics = metrics;
        this.clock = clock;
        this.config = config;
        this.partitions = new Partition[config.partitions()];
        Arrays.setAll(
                partitions,
                i -> new Partition(
                        ((VertxInternal) vertx).createEventLoopContext(),
                        corridor::pass,
                        config.batchSize(),
                        config.gather(),
                        metrics::batch));
        metrics.watchBacklog(this::backlog);
    }

    @Incoming(CHANNEL)
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Flow.Subscriber<Message<byte[]>> messages() {
        return new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Message<byte[]> message) {
                accept(message);
            }

            @Override
            public void onError(Throwable failure) {
                ended = true;
                LOG.error("The channel from the broker is dead", failure);
            }

            @Override
            public void onComplete() {
                ended = true;
            }
        };
    }

    private void accept(Message<byte[]> message) {
        MqttPublishMessage publish = message.getMetadata(ReceivingMqttMessageMetadata.class)
                .orElseThrow()
                .getMessage();
        boolean fleeting = publish.qosLevel() == MqttQoS.AT_MOST_ONCE;
        if (fleeting && backlog() >= config.fleetingBacklog()) {
            metrics.fleetingDropped();
            return;
        }
        accept(new Arrival(
                publish.topicName(),
                message.getPayload(),
                publish.isRetain(),
                clock.now(),
                fleeting ? () -> {} : () -> acknowledge(publish)));
    }

    void accept(Arrival arrival) {
        int device = arrival.topic()
                .substring(0, Math.max(0, arrival.topic().indexOf("/up/")))
                .hashCode();
        partitions[Math.floorMod(device, partitions.length)].offer(arrival);
    }

    /** After a disconnect the packet id means nothing any more: the broker will send the message again, and it is stored. */
    private void acknowledge(MqttPublishMessage publish) {
        try {
            publish.ack();
        } catch (RuntimeException e) {
            metrics.ackFailed();
        }
    }

    /** Messages that are not yet committed. */
    int backlog() {
        return Arrays.stream(partitions).mapToInt(Partition::backlog).sum();
    }

    /** Whether the connector has given up: no message will come in any more. */
    boolean hasEnded() {
        return ended;
    }
}
