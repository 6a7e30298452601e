package cloud.wuye.kit.simulator;

import cloud.wuye.kit.KitException;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttClientSslConfig;

/**
 * Where the broker listens.
 *
 * @param tls whether to speak TLS, trusting what Java trusts
 */
public record BrokerAddress(String host, int port, boolean tls) {
    /** Reads {@code host}, {@code host:port}, {@code tcp://host:port} or {@code ssl://host:port}. */
    public static BrokerAddress parse(String text) {
        boolean tls = text.startsWith("ssl://") || text.startsWith("mqtts://");
        String address = text.replaceFirst("^[a-z]+://", "");
        int colon = address.lastIndexOf(':');
        try {
            int port = colon < 0 ? (tls ? 8883 : 1883) : Integer.parseInt(address.substring(colon + 1));
            return new BrokerAddress(colon < 0 ? address : address.substring(0, colon), port, tls);
        } catch (NumberFormatException e) {
            throw new KitException("--broker: " + text + " is not host:port.", e);
        }
    }

    MqttClientBuilder client(String clientId) {
        MqttClientBuilder client =
                MqttClient.builder().identifier(clientId).serverHost(host).serverPort(port);
        return tls ? client.sslConfig(MqttClientSslConfig.builder().build()) : client;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
