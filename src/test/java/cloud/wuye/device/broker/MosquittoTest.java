package cloud.wuye.device.broker;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service exports, read by the real thing. Skipped only where there is no Mosquitto. */
@QuarkusTest
@Tag("mosquitto")
class MosquittoTest {
    @ConfigProperty(name = "wuye.broker.key")
    String key;

    @ConfigProperty(name = "wuye.broker.service-username")
    String serviceName;

    @ConfigProperty(name = "wuye.broker.service-password")
    String servicePassword;

    @TempDir
    Path folder;

    private TestTenant company;
    private Graph technician;

    /** A device as its installer knows it. */
    private record Meter(String id, String uid, String password) {
        String topic(String company, String rest) {
            return "pm/v1/" + company + "/emeter/" + uid + rest;
        }
    }

    @BeforeEach
    void aCompany() {
        assumeTrue(Mosquitto.binary().isPresent(), "no mosquitto here: apt-get install -y mosquitto");
        company = TestTenants.fresh();
        technician = Graph.as(company.technician());
    }

    @Test
    void devicesLogInWithTheirOwnPasswordAndReachTheirOwnTopics() throws Exception {
        devicesAreFenced("acl?literal=true");
    }

    @Test
    void thePatternsFenceDevicesFromEachOther() throws Exception {
        devicesAreFenced("acl");
    }

    @Test
    void theLiteralListHoldsADeviceInItsOwnCompany() throws Exception {
        Meter one = register("1");
        try (Mosquitto broker = broker("acl?literal=true")) {
            Mqtt5BlockingClient meter = connected(broker, one.uid(), one.password());
            refused(meter, one.topic("another-company", "/up/telemetry"));
            meter.disconnect();
        }
    }

    @Test
    void aRotatedAndADisabledDeviceAreShutOutAfterTheNextExport() throws Exception {
        Meter one = register("1");
        Meter two = register("2");
        try (Mosquitto broker = broker("acl")) {
            connected(broker, one.uid(), one.password()).disconnect();
            connected(broker, two.uid(), two.password()).disconnect();
            String fresh = technician
                    .ask("mutation($id:ID!){c:rotateDeviceCredential(id:$id){password}}", "id", one.id())
                    .getString("c.password");
            technician.ask("mutation($id:ID!){disableDevice(id:$id,version:0){id}}", "id", two.id());
            broker.load(export("passwords"), export("acl"));
            await().untilAsserted(() -> shutOut(broker, one.uid(), one.password()));
            await().untilAsserted(() -> shutOut(broker, two.uid(), two.password()));
            connected(broker, one.uid(), fresh).disconnect();
        }
    }

    @Test
    void theServicesConnectionsLiveSideBySideAndNoDeviceTakesOneOver() throws Exception {
        Meter one = register("1");
        try (Mosquitto broker = broker("acl?literal=true")) {
            Mqtt5BlockingClient inbox = service(broker, "wuye-inbox-one");
            Mqtt5BlockingClient answers = service(broker, "wuye-answers-one");
            Mqtt5BlockingClient intruder = client(broker.port(), "wuye-inbox-one", one.uid(), one.password());
            intruder.connect();
            List<String> heard = new CopyOnWriteArrayList<>();
            listen(inbox, "pm/v1/+/+/+/up/#", heard);
            publish(intruder, one.topic(company.code(), "/up/telemetry"));
            await().until(() -> heard.size() == 1);
            assertTrue(inbox.getState().isConnected());
            assertTrue(answers.getState().isConnected());
            for (Mqtt5BlockingClient each : List.of(intruder, answers, inbox)) {
                each.disconnect();
            }
        }
    }

    private Mqtt5BlockingClient service(Mosquitto broker, String clientId) {
        Mqtt5BlockingClient service = client(broker.servicePort(), clientId, serviceName, servicePassword);
        service.connect();
        return service;
    }

    private void devicesAreFenced(String acl) throws Exception {
        Meter one = register("1");
        Meter two = register("2");
        try (Mosquitto broker = broker(acl)) {
            shutOut(broker, one.uid(), "guess");
            shutOut(broker, one.uid(), two.password());
            List<String> heard = new CopyOnWriteArrayList<>();
            Mqtt5BlockingClient service = service(broker, "wuye-inbox-one");
            listen(service, "pm/v1/+/+/+/up/#", heard);
            Mqtt5BlockingClient meter = connected(broker, one.uid(), one.password());
            List<String> orders = new CopyOnWriteArrayList<>();
            listen(meter, one.topic(company.code(), "/down/#"), orders);

            publish(meter, one.topic(company.code(), "/up/telemetry"));
            refused(meter, two.topic(company.code(), "/up/telemetry"));
            refused(meter, one.topic(company.code(), "/down/cmd"));
            publish(service, one.topic(company.code(), "/down/cmd"));
            await().until(() -> !heard.isEmpty() && !orders.isEmpty());
            assertEquals(List.of(one.topic(company.code(), "/up/telemetry")), heard);
            assertEquals(List.of(one.topic(company.code(), "/down/cmd")), orders);
            meter.disconnect();
            service.disconnect();
        }
    }

    private Mosquitto broker(String acl) throws Exception {
        Mosquitto broker = new Mosquitto(folder);
        broker.load(export("passwords"), export(acl));
        broker.start();
        return broker;
    }

    private Meter register(String serialNo) {
        JsonPath done = technician.ask(
                "mutation($s:String!){r:registerDevice(input:{kind:ELECTRICITY_METER,serialNo:$s}){device{id uid} credential{password}}}",
                "s",
                serialNo);
        return new Meter(
                done.getString("r.device.id"), done.getString("r.device.uid"), done.getString("r.credential.password"));
    }

    private String export(String file) {
        return given().header("X-Wuye-Broker-Key", key)
                .get("/internal/mqtt/mosquitto/" + file)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static Mqtt5BlockingClient client(Mosquitto broker, String username, String password) {
        return client(broker.port(), username, username, password);
    }

    private static Mqtt5BlockingClient client(int port, String clientId, String username, String password) {
        return MqttClient.builder()
                .useMqttVersion5()
                .serverHost("127.0.0.1")
                .serverPort(port)
                .identifier(clientId)
                .simpleAuth()
                .username(username)
                .password(password.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
    }

    private static Mqtt5BlockingClient connected(Mosquitto broker, String username, String password) {
        Mqtt5BlockingClient client = client(broker, username, password);
        client.connect();
        return client;
    }

    private static void shutOut(Mosquitto broker, String username, String password) {
        Mqtt5BlockingClient client = client(broker, username, password);
        assertThrows(Mqtt5ConnAckException.class, client::connect);
    }

    private static void listen(Mqtt5BlockingClient client, String filter, List<String> into) {
        client.toAsync()
                .subscribeWith()
                .topicFilter(filter)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(message -> into.add(message.getTopic().toString()))
                .send()
                .join();
    }

    private static void publish(Mqtt5BlockingClient client, String topic) {
        assertTrue(client.publish(message(topic)).getError().isEmpty());
    }

    private static void refused(Mqtt5BlockingClient client, String topic) {
        Mqtt5PubAckException refusal = assertThrows(Mqtt5PubAckException.class, () -> client.publish(message(topic)));
        assertEquals(
                Mqtt5PubAckReasonCode.NOT_AUTHORIZED, refusal.getMqttMessage().getReasonCode());
    }

    private static Mqtt5Publish message(String topic) {
        return Mqtt5Publish.builder()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("{}".getBytes(StandardCharsets.UTF_8))
                .build();
    }
}
