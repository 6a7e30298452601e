package cloud.wuye.device.registry;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.platform.Ids;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a device shall be configured: from the mutation over what the broker keeps to the device, and back. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class DesiredConfigurationTest {
    private static final String CONFIGURATION =
            "configuration{heartbeatSeconds reportSeconds desiredVersion reportedVersion inForce}";

    @Inject
    TestDevices tables;

    private TestTenant company;
    private Graph manager;

    @BeforeEach
    void aCompany() {
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
    }

    @Test
    void aDeviceTakesOverWhatItShallBeLikeAndSaysSo() {
        JsonPath made = register("heartbeatSeconds: 20");
        String id = made.getString("d.device.id");
        try (SimulatedMeter meter = meter(made.getString("d.device.uid"))) {
            meter.connectNow();
            await().until(() -> "1".equals(seen(id, "reportedVersion")));
            assertEquals("20", reported(id, "hb"));
            assertEquals("true", seen(id, "inForce"));

            configure(id, "{reportSeconds: 300}");
            await().until(() -> "2".equals(seen(id, "reportedVersion")));
            assertEquals("20|300", reported(id, "hb") + "|" + reported(id, "interval"));

            meter.loseNetwork();
            configure(id, "{heartbeatSeconds: 45}");
            assertEquals("3", seen(id, "desiredVersion"));
            assertEquals("false", seen(id, "inForce"), "it is not there");
            configure(id, "{heartbeatSeconds: 45, reportSeconds: 300}");
            assertEquals("3", seen(id, "desiredVersion"), "the same again is no news");
            meter.connectNow();
            await().until(() -> "true".equals(seen(id, "inForce")));
            assertEquals("45", reported(id, "hb"));
        }
        assertEquals(
                List.of("device.configure", "device.configure", "device.configure"),
                tables.rows(
                        "SELECT act FROM audit_entry WHERE tenant_id = ? AND act = 'device.configure'", company.id()));
    }

    @Test
    void whatTheBrokerHasLostIsPublishedAgainWhenTheDeviceReturns() throws Exception {
        JsonPath made = register("heartbeatSeconds: 20");
        String id = made.getString("d.device.id");
        String uid = made.getString("d.device.uid");
        await().until(() -> "{\"v\":1,\"version\":1,\"hb\":20}".equals(kept(uid)));
        Mqtt5BlockingClient line = service();
        line.publishWith()
                .topic(topic(uid))
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .send();
        line.disconnect();
        try (SimulatedMeter meter = meter(uid)) {
            meter.connectNow();
            await().until(() -> "true".equals(seen(id, "inForce")));
        }
    }

    @Test
    void nothingIsKeptForADeviceThatIsNoMore() throws Exception {
        JsonPath made = register("heartbeatSeconds: 20");
        String id = made.getString("d.device.id");
        String uid = made.getString("d.device.uid");
        await().until(() -> "{\"v\":1,\"version\":1,\"hb\":20}".equals(kept(uid)));
        manager.ask("mutation($id:ID!){retireDevice(id:$id,version:0){id}}", "id", id);
        await().until(() -> kept(uid) == null);
    }

    @Test
    void ofADeviceNobodyEverConfiguredNothingIsAsked() throws Exception {
        JsonPath made = register("");
        String id = made.getString("d.device.id");
        assertEquals("0", seen(id, "desiredVersion"));
        assertEquals("true", seen(id, "inForce"));
        assertEquals(
                "0",
                tables.one(
                        "SELECT count(*) FROM outbox_message WHERE tenant_id = ? AND kind = 'mqtt.desired'",
                        company.id()));
        manager.ask("mutation($id:ID!){editDevice(id:$id,version:0,input:{heartbeatSeconds:30}){id}}", "id", id);
        assertEquals("1", seen(id, "desiredVersion"), "an edited heartbeat is the device's business too");
        String uid = made.getString("d.device.uid");
        await().until(() -> "{\"v\":1,\"version\":1,\"hb\":30}".equals(kept(uid)));
    }

    @Test
    void behindAGatewayAndInAnotherCompanyItIsRefused() {
        String gateway = manager.ask(
                        "mutation($s:String!){d:registerDevice(input:{kind:GATEWAY,serialNo:$s}){device{id}}}",
                        "s",
                        word())
                .getString("d.device.id");
        String child = register("gatewayId: \"" + gateway + "\"").getString("d.device.id");
        String mutation = "mutation($id:ID!){configureDevice(id:$id,version:0,input:{reportSeconds:60}){id}}";
        manager.refused("DEVICE_BEHIND_GATEWAY", mutation, "id", child);
        Graph.as(company.finance()).refused("FORBIDDEN", mutation, "id", gateway);
        Graph.as(TestTenants.fresh().manager()).refused("NOT_FOUND", mutation, "id", gateway);
        manager.refused(
                "VALIDATION",
                "mutation($id:ID!){configureDevice(id:$id,version:0,input:{reportSeconds:0}){id}}",
                "id",
                gateway);
    }

    private JsonPath register(String more) {
        return manager.ask(
                "mutation($s:String!){d:registerDevice(input:{kind:ELECTRICITY_METER,serialNo:$s " + more
                        + "}){device{id uid}}}",
                "s",
                word());
    }

    private void configure(String id, String input) {
        int version = device(id).getInt("d.version");
        manager.ask(
                "mutation($id:ID!,$v:Int!){configureDevice(id:$id,version:$v,input:" + input + "){id}}",
                "id",
                id,
                "v",
                version);
    }

    private JsonPath device(String id) {
        return manager.ask("query($id:ID!){d:device(id:$id){version " + CONFIGURATION + "}}", "id", id);
    }

    private String seen(String id, String field) {
        return device(id).getString("d.configuration." + field);
    }

    private String reported(String id, String field) {
        return tables.one(
                "SELECT reported->'config'->>'" + field + "' FROM device_state WHERE device_id = ?::uuid", id);
    }

    /** What the broker keeps for the device, or null. */
    private String kept(String uid) throws InterruptedException {
        Mqtt5BlockingClient line = TestDevices.connect(uid);
        try (Mqtt5BlockingClient.Mqtt5Publishes heard = line.publishes(MqttGlobalPublishFilter.ALL)) {
            line.subscribeWith()
                    .topicFilter(topic(uid))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
            return heard.receive(2, TimeUnit.SECONDS)
                    .map(each -> {
                        String text = new String(each.getPayloadAsBytes(), StandardCharsets.UTF_8);
                        assertTrue(text.isEmpty() || text.startsWith("{"), text);
                        return text.isEmpty() ? null : text;
                    })
                    .orElse(null);
        } finally {
            line.disconnect();
        }
    }

    private static Mqtt5BlockingClient service() {
        KitServers kit = KitServers.shared();
        Mqtt5BlockingClient line = Mqtt5Client.builder()
                .identifier("broom" + word())
                .serverHost(kit.fact("mqtt.host"))
                .serverPort(Integer.parseInt(kit.fact("mqtt.port")))
                .simpleAuth()
                .username("wuye-service")
                .password(kit.fact("mqtt.password").getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        line.connect();
        return line;
    }

    private String topic(String uid) {
        return "pm/v1/" + company.code() + "/emeter/" + uid + "/down/desired";
    }

    private SimulatedMeter meter(String uid) {
        KitServers kit = KitServers.shared();
        return SimulatedMeter.of(
                BrokerAddress.parse(kit.fact("mqtt.host") + ":" + kit.fact("mqtt.port")),
                DeviceCard.home(company.code(), uid, "any"),
                MeterSettings.usual());
    }

    private static String word() {
        return Ids.next().toString().replace("-", "").substring(10);
    }
}
