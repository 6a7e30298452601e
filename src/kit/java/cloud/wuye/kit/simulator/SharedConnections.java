package cloud.wuye.kit.simulator;

import cloud.wuye.kit.KitException;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/**
 * Many devices over a few connections of one bench login, which the broker must allow to publish for all devices. No
 * presence, no commands; for measuring what the service can take. All messages of a device go over the same connection.
 */
public final class SharedConnections implements AutoCloseable {
    private static final int WINDOW = 500;

    private final List<Connection> connections = new ArrayList<>();

    private SharedConnections() {}

    /** Opens so many. Reconnects by itself; what was not acknowledged is sent again. */
    public static SharedConnections open(BrokerAddress broker, String user, String password, int count) {
        SharedConnections shared = new SharedConnections();
        String run = UUID.randomUUID().toString().substring(0, 8);
        for (int i = 0; i < count; i++) {
            Mqtt5AsyncClient client = broker.client(user + "-" + run + "-" + i)
                    .useMqttVersion5()
                    .simpleAuth()
                    .username(user)
                    .password(password.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .automaticReconnectWithDefaultConfig()
                    .buildAsync();
            shared.connections.add(new Connection(client));
        }
        shared.connections.forEach(Connection::connect);
        return shared;
    }

    /** The line for this device; blocks while too much is under way. */
    Line lineFor(DeviceCard card) {
        return connections.get(Math.floorMod(card.uid().hashCode(), connections.size()));
    }

    @Override
    public void close() {
        connections.forEach(connection -> connection.client.disconnect().join());
    }

    private record Connection(Mqtt5AsyncClient client, Semaphore window) implements Line {
        Connection(Mqtt5AsyncClient client) {
            this(client, new Semaphore(WINDOW));
        }

        void connect() {
            try {
                client.connectWith()
                        .cleanStart(false)
                        .sessionExpiryInterval(3_600)
                        .send()
                        .join();
            } catch (CompletionException e) {
                throw new KitException("The broker does not let the bench login in: " + e.getCause(), e);
            }
        }

        @Override
        public CompletableFuture<?> publish(String topic, byte[] payload, boolean retain) {
            window.acquireUninterruptibly();
            return client.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(payload)
                    .retain(retain)
                    .send()
                    .whenComplete((done, failed) -> window.release())
                    .thenApply(OwnConnection::accepted);
        }
    }
}
