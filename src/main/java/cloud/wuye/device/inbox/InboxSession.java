package cloud.wuye.device.inbox;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.ClientCustomizer;
import io.smallrye.reactive.messaging.mqtt.session.MqttClientSessionOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.Config;

/**
 * Cures two habits of the MQTT client that lose messages. It acknowledges a message before our code has seen it, so that a
 * crash loses whatever is under way. And it connects before our code listens ({@link PatientSession}).
 */
@ApplicationScoped
class InboxSession implements ClientCustomizer<MqttClientSessionOptions> {
    private volatile boolean listening;

    /** The channels are subscribed to by observers of the same event that come earlier. */
    void started(@Observes StartupEvent event) {
        listening = true;
    }

    @Override
    public MqttClientSessionOptions customize(String channel, Config config, MqttClientSessionOptions options) {
        if (!config.getOptionalValue("wuye.mqtt.connect", Boolean.class).orElse(true)) {
            return new PatientSession(options, () -> false);
        }
        if (!channel.equals(DeviceInbox.CHANNEL)) {
            return options;
        }
        options.setAutoAck(false);
        return new PatientSession(options, () -> listening);
    }
}
