package cloud.wuye.device.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device from its registration to its first word, through the embedded broker that asks the service about it. */
@QuarkusTest
class FirstConnectionTest {
    @ConfigProperty(name = "wuye.mqtt.host")
    String host;

    @ConfigProperty(name = "wuye.mqtt.port")
    int port;

    @Inject
    TestDevices devices;

    /** Whatever door a class before this one has left. */
    @BeforeEach
    void theServicesOwnDoor() {
        devices.askTheService();
    }

    @Test
    void aRegisteredDeviceIsInServiceFromItsFirstWord() {
        TestTenant company = TestTenants.fresh();
        Graph technician = Graph.as(company.technician());
        JsonPath done = technician.ask(
                "mutation{r:registerDevice(input:{kind:ELECTRICITY_METER,serialNo:\"M\"}){device{id uid} credential{password}}}");
        String id = done.getString("r.device.id");
        String uid = done.getString("r.device.uid");
        assertThrows(Mqtt5ConnAckException.class, () -> client(uid, "guess").connect());

        Mqtt5BlockingClient meter = client(uid, done.getString("r.credential.password"));
        meter.connect();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        meter.publishWith()
                .topic("pm/v1/" + company.code() + "/emeter/" + uid + "/up/presence")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(("{\"online\":true,\"v\":1,\"boot\":\"9f3a\",\"ts\":\"" + now + "\",\"clk\":\"ntp\"}")
                        .getBytes(StandardCharsets.UTF_8))
                .send();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonPath seen = technician.ask(
                    "query($id:ID!){device(id:$id){lifecycle connectivity lastSeenAt version}}", "id", id);
            assertEquals("ACTIVE", seen.getString("device.lifecycle"));
            assertEquals("ONLINE", seen.getString("device.connectivity"));
            assertEquals(0, seen.getInt("device.version"));
        });
        assertEquals(
                List.of(id),
                technician
                        .ask("{devices(filter:{connectivity:ONLINE}){nodes{id}}}")
                        .getList("devices.nodes.id"));
        meter.disconnect();
    }

    private Mqtt5BlockingClient client(String username, String password) {
        return MqttClient.builder()
                .useMqttVersion5()
                .serverHost(host)
                .serverPort(port)
                .identifier(username)
                .simpleAuth()
                .username(username)
                .password(password.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
    }
}
