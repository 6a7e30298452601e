package cloud.wuye.device.broker;

import cloud.wuye.device.registry.SessionEnd;
import cloud.wuye.platform.json.Json;
import cloud.wuye.platform.outbox.OutboxHandler;
import cloud.wuye.platform.outbox.OutboxMessage;
import io.smallrye.mutiny.Uni;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.mqtt.MqttClient;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends a device's connection with what every broker has, the rule that a client id is one connection: the service connects
 * under the device's client id, which throws the device out, and goes. The device cannot come back, for its login is
 * refused by then. Its queued messages go with its session; commands are sent again when they are not answered.
 */
@ApplicationScoped
class EndSession implements OutboxHandler {
    private final Vertx vertx;
    private final Json json;
    private final BrokerConfig config;
    private final String host;
    private final int port;
    private final boolean tls;

    EndSession(
            Vertx vertx,
            Json json,
            BrokerConfig config,
            @ConfigProperty(name = "wuye.mqtt.host", defaultValue = "localhost") String host,
            @ConfigProperty(name = "wuye.mqtt.port", defaultValue = "1883") int port,
            @ConfigProperty(name = "mp.messaging.outgoing.commands.ssl", defaultValue = "false") boolean tls) {
        this.vertx = vertx;
        this.json = json;
        this.config = config;
        this.host = host;
        this.port = port;
        this.tls = tls;
    }

    @Override
    public String kind() {
        return SessionEnd.KIND;
    }

    @Override
    public Uni<Void> deliver(OutboxMessage message) {
        return config.endSessions()
                ? takeOver(json.read(message.payload(), SessionEnd.class).uid())
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> takeOver(String uid) {
        MqttClient line = MqttClient.create(
                vertx,
                new MqttClientOptions()
                        .setClientId(uid)
                        .setCleanSession(true)
                        .setUsername(config.serviceUsername().orElse(null))
                        .setPassword(config.servicePassword().orElse(null))
                        .setSsl(tls));
        return line.connect(port, host).chain(line::disconnect);
    }
}
