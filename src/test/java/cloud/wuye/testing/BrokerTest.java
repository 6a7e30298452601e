package cloud.wuye.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerTest {
    private static final KitServers KIT = KitServers.shared();
    private static final AtomicReference<String> LAST_QUESTION = new AtomicReference<>("");
    private static final AtomicReference<String> LAST_SECRET = new AtomicReference<>("");
    private static final Map<String, String> ANSWERS = Map.of(
            "meter1", "{\"result\":\"allow\",\"client_attrs\":{\"tenant\":\"acme\",\"class\":\"emeter\"}}",
            "meter2", "{\"result\":\"allow\"}",
            "meter3", "{\"result\":\"deny\"}",
            "meter4", "nonsense");

    private static HttpServer service;

    @BeforeAll
    static void service() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/mqtt/authn", exchange -> {
            String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            LAST_QUESTION.set(question);
            LAST_SECRET.set(exchange.getRequestHeaders().getFirst("X-Wuye-Broker-Key"));
            String answer = ANSWERS.entrySet().stream()
                    .filter(known -> question.contains("\"" + known.getKey() + "\"") && question.contains("\"good\""))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(question.contains("\"broken\"") ? null : "{\"result\":\"deny\"}");
            byte[] bytes = (answer == null ? "" : answer).getBytes(UTF_8);
            exchange.sendResponseHeaders(answer == null ? 500 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        service.start();
        KIT.askAboutDevicesAt("http://127.0.0.1:" + service.getAddress().getPort() + "/mqtt");
    }

    @AfterAll
    static void close() {
        service.stop(0);
        KIT.askAboutDevicesAt("");
    }

    @Test
    void deviceIsLetInByTheServiceAndUsesItsOwnTopicsOnly() {
        Mqtt5BlockingClient meter = login("meter1", "meter1", "good");
        assertTrue(LAST_QUESTION.get().contains("\"clientid\":\"meter1\""), LAST_QUESTION.get());
        assertEquals(KIT.fact("mqtt.auth-secret"), LAST_SECRET.get());
        publish(meter, "pm/v1/acme/emeter/meter1/up/telemetry");
        subscribe(meter, "pm/v1/acme/emeter/meter1/down/#");
        for (String foreign : new String[] {
            "pm/v1/acme/emeter/meter2/up/telemetry",
            "pm/v1/other/emeter/meter1/up/telemetry",
            "pm/v1/acme/charger/meter1/up/telemetry",
            "pm/v1/acme/emeter/meter1/down/cmd",
            "vnd/vguang/meter1/x",
            "$SYS/x",
            "pm/v1/acme/emeter/meter1"
        }) {
            assertPublishRefused("meter1", foreign);
        }
        for (String foreign : new String[] {
            "#",
            "pm/v1/+/+/+/up/#",
            "pm/v1/acme/emeter/+/down/#",
            "pm/v1/acme/emeter/meter2/down/cmd",
            "$share/g/pm/v1/acme/emeter/meter1/down/#",
            "vnd/#",
            "$SYS/#"
        }) {
            assertThrows(Mqtt5SubAckException.class, () -> subscribe(meter, foreign), foreign);
        }
        meter.disconnect();
    }

    @Test
    void deviceWithoutAttributesKeepsItsUidInPlace() {
        Mqtt5BlockingClient meter = login("meter2", "meter2-a", "good");
        publish(meter, "pm/v1/any/emeter/meter2/up/telemetry");
        meter.disconnect();
        assertPublishRefused("meter2", "pm/v1/any/emeter/meter1/up/telemetry");
    }

    @Test
    void lastWillOutsideItsTopicsIsNotSent() throws InterruptedException {
        Mqtt5BlockingClient watcher = service("watch-will");
        try (Mqtt5BlockingClient.Mqtt5Publishes seen = watcher.publishes(MqttGlobalPublishFilter.ALL)) {
            // A company of its own: other tests' meters may still be saying good-bye.
            subscribe(watcher, "pm/v1/any/+/+/up/#");
            Mqtt5BlockingClient meter = client("meter2", "meter2", "good");
            try {
                meter.connectWith()
                        .willPublish()
                        .topic("pm/v1/any/emeter/meter1/up/presence")
                        .payload("forged".getBytes(UTF_8))
                        .applyWillPublish()
                        .send();
                meter.disconnectWith()
                        .reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE)
                        .send();
            } catch (Mqtt5ConnAckException refusedOutright) {
                assertEquals(
                        Mqtt5ConnAckReasonCode.NOT_AUTHORIZED,
                        refusedOutright.getMqttMessage().getReasonCode());
            }
            assertTrue(seen.receive(1, TimeUnit.SECONDS).isEmpty());
        }
        watcher.disconnect();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"meter1:bad", "meter3:good", "nobody:good", "wuye-service:wrong", "bad/name:good", "+:good"})
    void wrongLoginIsRefused(String login) {
        String user = login.substring(0, login.indexOf(':'));
        Mqtt5ConnAckException refused = assertThrows(
                Mqtt5ConnAckException.class, () -> login(user, user, login.substring(login.indexOf(':') + 1)));
        assertEquals(
                Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD,
                refused.getMqttMessage().getReasonCode());
    }

    @Test
    void anonymousIsRefused() {
        Mqtt5BlockingClient nobody = Mqtt5Client.builder()
                .identifier("anonymous")
                .serverHost(KIT.fact("mqtt.host"))
                .serverPort(Integer.parseInt(KIT.fact("mqtt.port")))
                .buildBlocking();
        assertThrows(Mqtt5ConnAckException.class, nobody::connect);
    }

    @Test
    void deviceCannotThrowOutAnotherSession() {
        assertThrows(Mqtt5ConnAckException.class, () -> login("meter1", "meter2", "good"));
        assertThrows(Mqtt5ConnAckException.class, () -> login("meter1", "wuye-cloud-ingest", "good"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "meter4"})
    void noAnswerOrNonsenseMeansNo(String user) {
        Mqtt5ConnAckException refused = assertThrows(Mqtt5ConnAckException.class, () -> login(user, user, "good"));
        assertEquals(
                Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE,
                refused.getMqttMessage().getReasonCode());
    }

    @Test
    void serviceReadsAllUpAndWritesAllDown() throws InterruptedException {
        Mqtt5BlockingClient reader = service("svc-reader");
        Mqtt5BlockingClient meter = login("meter1", "meter1-x", "good");
        try (Mqtt5BlockingClient.Mqtt5Publishes up = reader.publishes(MqttGlobalPublishFilter.ALL);
                Mqtt5BlockingClient.Mqtt5Publishes down = meter.publishes(MqttGlobalPublishFilter.ALL)) {
            subscribe(reader, "$share/ingest/pm/v1/+/+/+/up/#");
            subscribe(meter, "pm/v1/acme/emeter/meter1/down/#");
            publish(meter, "pm/v1/acme/emeter/meter1/up/event");
            publish(reader, "pm/v1/acme/emeter/meter1/down/cmd");
            assertEquals(
                    "pm/v1/acme/emeter/meter1/up/event",
                    up.receive(20, TimeUnit.SECONDS).orElseThrow().getTopic().toString());
            assertEquals(
                    "pm/v1/acme/emeter/meter1/down/cmd",
                    down.receive(20, TimeUnit.SECONDS).orElseThrow().getTopic().toString());
            assertThrows(RuntimeException.class, () -> publish(reader, "pm/v1/acme/emeter/meter1/up/telemetry"));
        }
        meter.disconnect();
    }

    @Test
    void oldProtocolIsSpokenAsWell() {
        Mqtt3BlockingClient meter = Mqtt3Client.builder()
                .identifier("meter1-three")
                .serverHost(KIT.fact("mqtt.host"))
                .serverPort(Integer.parseInt(KIT.fact("mqtt.port")))
                .simpleAuth()
                .username("meter1")
                .password("good".getBytes(UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        meter.connect();
        meter.publishWith()
                .topic("pm/v1/acme/emeter/meter1/up/telemetry")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
        meter.disconnect();
    }

    @Test
    void sessionsAndQueuedMessagesSurviveARestart() throws InterruptedException {
        Mqtt5BlockingClient reader = service("svc-kept");
        subscribe(reader, "pm/v1/acme/+/+/up/#");
        reader.disconnect();
        Mqtt5BlockingClient meter = login("meter1", "meter1-y", "good");
        publish(meter, "pm/v1/acme/emeter/meter1/up/event");
        KIT.stopBroker();
        assertThrows(RuntimeException.class, () -> service("svc-while-away"));
        KIT.startBroker();
        Mqtt5BlockingClient again = client("wuye-service", "svc-kept", KIT.fact("mqtt.password"));
        try (Mqtt5BlockingClient.Mqtt5Publishes waiting = again.publishes(MqttGlobalPublishFilter.ALL)) {
            boolean sessionThere = again.connectWith()
                    .cleanStart(false)
                    .sessionExpiryInterval(600)
                    .send()
                    .isSessionPresent();
            assertTrue(sessionThere);
            Mqtt5Publish first = waiting.receive(20, TimeUnit.SECONDS).orElseThrow();
            assertEquals("pm/v1/acme/emeter/meter1/up/event", first.getTopic().toString());
        }
        again.disconnectWith().sessionExpiryInterval(0).send();
    }

    @Test
    void packetBeyondOneMebibyteIsCutOff() {
        Mqtt5BlockingClient meter = login("meter1", "meter1-big", "good");
        publish(meter, "pm/v1/acme/emeter/meter1/up/event", new byte[1_000_000]);
        assertThrows(
                RuntimeException.class, () -> publish(meter, "pm/v1/acme/emeter/meter1/up/event", new byte[1_100_000]));
    }

    @Test
    void portsAreNotTheUsualOnes() {
        assertNotEquals("11883", KIT.fact("mqtt.port"));
        assertFalse(KIT.fact("mqtt.password").isBlank());
    }

    // The broker says no and then hangs up; the client may see either first.
    private static void assertPublishRefused(String device, String topic) {
        Mqtt5BlockingClient client = login(device, device + "-refused", "good");
        RuntimeException refused = assertThrows(RuntimeException.class, () -> publish(client, topic), topic);
        assertTrue(
                refused instanceof Mqtt5PubAckException || refused instanceof MqttSessionExpiredException,
                refused.toString());
    }

    private static Mqtt5BlockingClient service(String clientId) {
        Mqtt5BlockingClient client = client("wuye-service", clientId, KIT.fact("mqtt.password"));
        client.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
        return client;
    }

    private static Mqtt5BlockingClient login(String user, String clientId, String password) {
        Mqtt5BlockingClient client = client(user, clientId, password);
        client.connect();
        return client;
    }

    private static Mqtt5BlockingClient client(String user, String clientId, String password) {
        return Mqtt5Client.builder()
                .identifier(clientId)
                .serverHost(KIT.fact("mqtt.host"))
                .serverPort(Integer.parseInt(KIT.fact("mqtt.port")))
                .simpleAuth()
                .username(user)
                .password(password.getBytes(UTF_8))
                .applySimpleAuth()
                .buildBlocking();
    }

    private static void publish(Mqtt5BlockingClient client, String topic) {
        publish(client, topic, "{}".getBytes(UTF_8));
    }

    private static void publish(Mqtt5BlockingClient client, String topic, byte[] payload) {
        Mqtt5PublishResult result = client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload)
                .send();
        assertTrue(result.getError().isEmpty());
    }

    private static void subscribe(Mqtt5BlockingClient client, String filter) {
        client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
    }
}
