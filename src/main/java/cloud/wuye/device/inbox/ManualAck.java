package cloud.wuye.device.inbox;

import io.smallrye.reactive.messaging.ClientCustomizer;
import io.smallrye.reactive.messaging.mqtt.session.MqttClientSessionOptions;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.Config;

/**
 * Stops the MQTT client from acknowledging a message before our code has seen it, as it does by default: a crash would
 * then lose whatever was under way.
 */
@ApplicationScoped
class ManualAck implements ClientCustomizer<MqttClientSessionOptions> {
    @Override
    public MqttClientSessionOptions customize(String channel, Config config, MqttClientSessionOptions options) {
        if (channel.equals(DeviceInbox.CHANNEL)) {
            options.setAutoAck(false);
        }
        return options;
    }
}
