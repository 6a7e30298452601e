package cloud.wuye.device.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.platform.graphql.GraphQLSocket;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Staff see meters and commands as they change, and nobody else's. */
@QuarkusTest
class DeviceWatchTest {
    private static final KitServers KIT = KitServers.shared();
    private static final String FIELDS = "{deviceId connectivity lastSeenAt supply{desired reported}}}";

    @Inject
    TestDevices devices;

    private TestTenant company;
    private Graph manager;
    private String device;
    private DeviceCard card;

    @BeforeEach
    void aMeterInItsRoom() {
        devices.askTheService();
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
        String space = manager.ask("mutation{createSpace(input:{kind:\"COMMUNITY\" name:\"Garden\"}){id}}")
                .getString("createSpace.id");
        JsonPath made = manager.ask(
                "mutation($s:ID!){registerDevice(input:{kind:ELECTRICITY_METER serialNo:\"W1\" name:\"W1\" spaceId:$s})"
                        + "{device{id} credential{username password}}}",
                "s",
                space);
        device = made.getString("registerDevice.device.id");
        card = DeviceCard.home(
                company.code(),
                made.getString("registerDevice.credential.username"),
                made.getString("registerDevice.credential.password"));
    }

    @Test
    void staffSeeAMeterComeAlive() throws Exception {
        try (var socket = GraphQLSocket.greeted(company.technician());
                var meter = meter()) {
            socket.subscribe("1", "subscription{deviceUpdates(ids:[\"" + device + "\"])" + FIELDS);
            JsonObject first = update(socket.next());
            assertEquals(device, first.getString("deviceId"));

            meter.connectNow();
            meter.report();
            JsonObject seen = first;
            while (!"ONLINE".equals(seen.getString("connectivity"))) {
                seen = update(socket.next());
            }
            assertTrue(seen.getString("lastSeenAt").startsWith("20"));
        }
    }

    @Test
    void aDeviceComesWithItsOwnFieldsAndTheyAreThoseOfNow() throws Exception {
        try (var socket = GraphQLSocket.greeted(company.finance());
                var meter = meter()) {
            socket.subscribe(
                    "1",
                    "subscription{deviceUpdates(ids:[\"" + device
                            + "\"]){connectivity device{name space{name} latestReading{eventId} readings(first:3){value}}}}");
            JsonObject first = update(socket.next()).getJsonObject("device");
            assertEquals("Garden", first.getJsonObject("space").getString("name"));
            assertNull(first.getJsonObject("latestReading"));
            meter.connectNow();
            Set<String> seen = new HashSet<>();
            while (seen.size() < 3) {
                meter.report();
                JsonObject reading =
                        update(socket.next()).getJsonObject("device").getJsonObject("latestReading");
                if (reading != null) {
                    seen.add(reading.getString("eventId"));
                }
            }
        }
    }

    @Test
    void aCommandIsSeenFromTheDeskToTheMeterAndBack() throws Exception {
        try (var meter = meter();
                var socket = GraphQLSocket.greeted(company.technician())) {
            meter.connectNow();
            socket.subscribe("1", "subscription{deviceUpdates(ids:[\"" + device + "\"])" + FIELDS);
            await(socket, "reported", "ON");
            manager.ask("mutation($d:[ID!]!){forceOff(deviceIds:$d reason:\"test\"){desired}}", "d", List.of(device));
            await(socket, "reported", "OFF");
            String command = manager.ask("query($d:ID!){deviceCommands(filter:{deviceId:$d}){nodes{id}}}", "d", device)
                    .getString("deviceCommands.nodes[0].id");
            socket.subscribe("2", "subscription{deviceCommandUpdates(ids:[\"" + command + "\"]){commandId state}}");
            // The meter reports its state before it says that it is done.
            String state = "ACCEPTED";
            while (Set.of("SENT", "ACCEPTED").contains(state)) {
                JsonObject next = socket.next();
                if ("2".equals(next.getString("id"))) {
                    state = next.getJsonObject("payload")
                            .getJsonObject("data")
                            .getJsonObject("deviceCommandUpdates")
                            .getString("state");
                }
            }
            assertEquals("SUCCEEDED", state);
        }
    }

    @Test
    void aNeighbourHearsNothingAndAResidentIsRefused() throws Exception {
        TestTenant neighbour = TestTenants.fresh();
        String watch = "subscription{deviceUpdates(ids:[\"" + device + "\"])" + FIELDS;
        try (var next = GraphQLSocket.greeted(neighbour.manager());
                var resident = GraphQLSocket.greeted(company.resident());
                var meter = meter()) {
            next.subscribe("1", watch);
            resident.subscribe("1", watch);
            assertTrue(resident.next().encode().contains("FORBIDDEN"));
            meter.connectNow();
            meter.report();
            assertTrue(next.isSilentFor(Duration.ofSeconds(3)));
        }
    }

    private SimulatedMeter meter() {
        return SimulatedMeter.of(
                BrokerAddress.parse(KIT.fact("mqtt.host") + ":" + KIT.fact("mqtt.port")), card, MeterSettings.usual());
    }

    private static void await(GraphQLSocket socket, String field, String value) throws InterruptedException {
        JsonObject supply;
        do {
            supply = update(socket.next()).getJsonObject("supply");
        } while (supply == null || !value.equals(supply.getString(field)));
    }

    private static JsonObject update(JsonObject message) {
        assertEquals("next", message.getString("type"), message::encode);
        JsonObject data = message.getJsonObject("payload").getJsonObject("data");
        assertTrue(data != null && data.getJsonObject("deviceUpdates") != null, message::encode);
        return data.getJsonObject("deviceUpdates");
    }
}
