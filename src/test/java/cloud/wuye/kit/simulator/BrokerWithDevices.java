package cloud.wuye.kit.simulator;

import static org.awaitility.Awaitility.await;

import cloud.wuye.testing.KitServers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The kit's broker with a door that knows some devices, and a service that hears everything and can speak. */
final class BrokerWithDevices implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private final KitServers kit = KitServers.shared();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final HttpServer door;
    private final Mqtt5AsyncClient service;

    /** Something a device said. */
    record Heard(String topic, boolean retained, byte[] payload) {
        String uid() {
            return topic.split("/")[4];
        }

        String channel() {
            return topic.substring(topic.lastIndexOf('/') + 1);
        }

        JsonNode json() {
            try {
                return JSON.readTree(payload);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        JsonNode data() {
            return json().path("data");
        }
    }

    BrokerWithDevices() {
        try {
            door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        door.createContext("/authn", exchange -> {
            JsonNode question = JSON.readTree(exchange.getRequestBody().readAllBytes());
            boolean known = question.path("password")
                    .asText()
                    .equals(passwords.get(question.path("username").asText()));
            byte[] answer = ("{\"result\":\"" + (known ? "allow" : "deny") + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        door.start();
        kit.askAboutDevicesAt("http://127.0.0.1:" + door.getAddress().getPort());
        service = MqttClient.builder()
                .useMqttVersion5()
                .identifier("simulator-test")
                .serverHost(kit.fact("mqtt.host"))
                .serverPort(address().port())
                .simpleAuth()
                .username("wuye-service")
                .password(kit.fact("mqtt.password").getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .automaticReconnectWithDefaultConfig()
                .buildAsync();
        service.publishes(MqttGlobalPublishFilter.ALL, this::hear);
        service.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(600)
                .send()
                .join();
        service.subscribeWith()
                .topicFilter("pm/v1/+/+/+/up/#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .join();
    }

    private void hear(Mqtt5Publish publish) {
        heard.add(new Heard(publish.getTopic().toString(), publish.isRetain(), publish.getPayloadAsBytes()));
    }

    BrokerAddress address() {
        return BrokerAddress.parse(kit.fact("mqtt.host") + ":" + kit.fact("mqtt.port"));
    }

    DeviceCard admit(DeviceCard card) {
        passwords.put(card.uid(), card.password());
        return card;
    }

    void changePassword(String uid, String password) {
        passwords.put(uid, password);
    }

    void send(DeviceCard to, String word, String json) {
        service.publishWith()
                .topic("pm/v1/" + to.tenant() + "/" + to.deviceClass() + "/" + to.uid() + "/down/" + word)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(json.getBytes(StandardCharsets.UTF_8))
                .send()
                .join();
    }

    void restart() {
        kit.stopBroker();
        kit.startBroker();
        await().atMost(Duration.ofSeconds(30)).until(() -> service.getState().isConnected());
    }

    List<Heard> heard() {
        return heard;
    }

    /** What this device said on that channel, in the order in which it came; not what the broker had kept. */
    List<JsonNode> said(DeviceCard by, String channel) {
        return heard.stream()
                .filter(each -> !each.retained()
                        && each.uid().equals(by.uid())
                        && each.channel().equals(channel))
                .map(Heard::json)
                .toList();
    }

    @Override
    public void close() {
        kit.askAboutDevicesAt("");
        service.disconnectWith().sessionExpiryInterval(0).send().join();
        door.stop(0);
    }
}
