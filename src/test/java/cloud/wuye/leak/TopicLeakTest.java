package cloud.wuye.leak;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.contract.Channel;
import cloud.wuye.device.contract.DeviceClass;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every topic of the contract, tried by a neighbour's device: the broker refuses it, and what comes past a broker that lets
 * everything through is parked or does nothing to the victim.
 */
@QuarkusTest
class TopicLeakTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    Db db;

    @Inject
    TestDevices tables;

    @ConfigProperty(name = "wuye.broker.key")
    String key;

    private Footprint footprint;
    private Inhabited victim;
    private Inhabited neighbour;
    private int number;

    @BeforeEach
    void twoCompanies() {
        TwoCompanies both = TwoCompanies.settled(tables);
        victim = both.victim();
        neighbour = both.neighbour();
        footprint = new Footprint(db);
    }

    @AfterEach
    void theBrokerAsksAgain() {
        TwoCompanies.askTheServiceAboutDevices();
    }

    @Test
    void aNeighboursDeviceSpeaksOnItsOwnTopicsAndIsRefusedOnTheVictims() {
        List<String> taken = new ArrayList<>();
        for (ContractTopic topic : ContractTopic.up()) {
            Inhabited.Device own = neighbour.device(topic.deviceClass());
            String payload = fresh(topic.examples().get(0)).toString();
            Mqtt5BlockingClient line = own.connect();
            TestDevices.publish(line, topic.of(neighbour.tenant().code(), uid(neighbour, topic)), payload);
            line.disconnect();
            for (String foreign : foreign(topic)) {
                if (!refused(own, foreign, payload) || mayUse(own, "publish", foreign)) {
                    taken.add(foreign);
                }
            }
        }
        assertEquals(List.of(), taken);
    }

    @Test
    void aNeighboursDeviceHearsNothingThatIsMeantForTheVictimsAndCommandsNothing() {
        List<String> open = new ArrayList<>();
        for (ContractTopic topic : ContractTopic.down()) {
            Inhabited.Device own = neighbour.device(topic.deviceClass());
            Mqtt5BlockingClient line = own.connect();
            subscribe(line, topic.of(neighbour.tenant().code(), uid(neighbour, topic)));
            List<String> foreign = new ArrayList<>(foreign(topic));
            foreign.add(topic.of("+", uid(victim, topic)));
            foreign.add(topic.of(victim.tenant().code(), "+"));
            foreign.add(topic.of("+", "+"));
            foreign.add("$share/all/" + topic.of(victim.tenant().code(), uid(victim, topic)));
            foreign.add("pm/v1/" + victim.tenant().code() + "/#");
            foreign.add("#");
            for (String filter : foreign) {
                assertThrows(Mqtt5SubAckException.class, () -> subscribe(line, filter), filter);
                if (mayUse(own, "subscribe", filter)) {
                    open.add(filter);
                }
            }
            line.disconnect();
            String command = topic.examples().get(0).toString();
            for (String down : foreign(topic)) {
                if (!refused(own, down, command)) {
                    open.add("publishing on " + down);
                }
            }
        }
        assertEquals(List.of(), open);
    }

    /** Asked by a broker: the victim's device with a neighbour's password, and what the neighbour's own may do. */
    @Test
    void aNeighboursLogInOpensItsOwnTopicsOnly() {
        Signs signs = Signs.of(footprint, victim);
        for (DeviceClass each : DeviceClass.values()) {
            String password = neighbour.device(each).card().password();
            String own = ask(
                    "authn", Map.of("username", neighbour.device(each).card().uid(), "password", password));
            assertTrue(
                    own.contains("\"allow\"") && own.contains(neighbour.tenant().code()), own);
            assertEquals(List.of(), List.copyOf(signs.in(own)));
            assertEquals(
                    "{\"result\":\"deny\"}",
                    ask("authn", Map.of("username", victim.device(each).card().uid(), "password", password)));
        }
    }

    /** The wall behind the wall: tenant, class and uid are held against the registry, and ids in payloads against their owner. */
    @Test
    void whatComesPastTheBrokerMovesNothingOfTheVictims() throws Exception {
        Map<String, String> before = digest();
        int lies = 0;
        HttpServer door = TestDevices.letEverybodyIn();
        try {
            for (ContractTopic topic : ContractTopic.up()) {
                // Such a broker still holds the uid in a topic against the log-in.
                lies += say(uid(victim, topic), topic.of(neighbour.tenant().code(), uid(victim, topic)), topic);
                lies += say(uid(neighbour, topic), topic.of(victim.tenant().code(), uid(neighbour, topic)), topic);
                say(uid(neighbour, topic), topic.of(neighbour.tenant().code(), uid(neighbour, topic)), topic);
            }
        } finally {
            door.stop(0);
        }
        int parked = lies;
        await().atMost(SOON).untilAsserted(() -> assertEquals(String.valueOf(parked), parkedLies()));
        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(
                        String.valueOf(3 * ContractTopic.up().size()),
                        footprint.one(
                                "select count(*) from rejected_message where payload = 'last'::bytea and tenant_id in ('"
                                        + neighbour.tenant().id() + "', '"
                                        + victim.tenant().id() + "')")));
        assertEquals(before, digest());
        String shown = neighbour
                .everyRole()
                .ask("{rejectedMessages(first:200){nodes{id deviceId reason detail}}}")
                .prettify();
        assertEquals(List.of(), List.copyOf(Signs.of(footprint, victim).in(shown)));
    }

    @Test
    void everyTopicOfTheContractIsTried() {
        int classes = DeviceClass.values().length;
        int inTheCode = classes * Channel.values().length - (classes - 1);
        assertEquals(inTheCode, ContractTopic.up().size(), "all channels of all classes, bulk of gateways only");
        assertEquals(4 * classes, ContractTopic.down().size());
    }

    /** Says all that the contract shows, with the victim's ids in it, and something last that is always parked. */
    private int say(String login, String topic, ContractTopic shown) {
        Mqtt5BlockingClient line = TestDevices.connect(login);
        for (JsonNode example : shown.examples()) {
            TestDevices.publish(line, topic, stolen(fresh(example)).toString());
        }
        TestDevices.publish(line, topic, "last");
        line.disconnect();
        return shown.examples().size();
    }

    /** All but what is parked: there a lie about the victim's device is kept for its owner to see. */
    private Map<String, String> digest() {
        TreeMap<String, String> digest = footprint.digest(victim.tenant().id());
        digest.remove("rejected_message");
        return digest;
    }

    private String parkedLies() {
        return footprint.one(
                "select count(*) from rejected_message r where reason = 'TRIPLE_MISMATCH' and (topic like 'pm/v1/"
                        + neighbour.tenant().code() + "/%' and tenant_id = '"
                        + victim.tenant().id() + "' or topic like 'pm/v1/"
                        + victim.tenant().code()
                        + "/%' and tenant_id = '" + neighbour.tenant().id() + "')");
    }

    /** The victim's topic, the victim's device under the own company, and the own device under the victim's. */
    private List<String> foreign(ContractTopic topic) {
        return List.of(
                topic.of(victim.tenant().code(), uid(victim, topic)),
                topic.of(neighbour.tenant().code(), uid(victim, topic)),
                topic.of(victim.tenant().code(), uid(neighbour, topic)));
    }

    private static String uid(Inhabited company, ContractTopic topic) {
        return company.device(topic.deviceClass()).card().uid();
    }

    /** The same said now, for the first time. */
    private ObjectNode fresh(JsonNode example) {
        ObjectNode message = (ObjectNode) example.deepCopy();
        if (message.has("id")) {
            message.put("id", TestDevices.newId());
            message.put("boot", "b" + Ids.next().toString().substring(24));
            message.put("seq", number++);
        }
        if (message.has("ts")) {
            message.put("ts", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return message;
    }

    /** With the victim's command and device wherever a payload names one. */
    private JsonNode stolen(JsonNode node) {
        if (node instanceof ArrayNode list) {
            list.forEach(this::stolen);
        } else if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                if (name.equals("cmd")) {
                    object.put(name, openCommand());
                } else if (name.equals("uid") || name.equals("child")) {
                    object.put(name, victim.device(DeviceClass.EMETER).card().uid());
                    // It is away: only the opposite would move it.
                    if (object.has("online")) {
                        object.put("online", true);
                    }
                } else {
                    stolen(object.get(name));
                }
            }
        }
        return node;
    }

    private String openCommand() {
        return footprint.one("select id from device_command where tenant_id = '"
                + victim.tenant().id() + "' order by settled_at nulls first limit 1");
    }

    /** The broker says no and then hangs up; the client may see either first. */
    private static boolean refused(Inhabited.Device device, String topic, String payload) {
        Mqtt5BlockingClient line = device.connect();
        try {
            line.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(payload.getBytes(UTF_8))
                    .send();
            line.disconnect();
            return false;
        } catch (Mqtt5PubAckException | MqttSessionExpiredException no) {
            return true;
        }
    }

    private static void subscribe(Mqtt5BlockingClient line, String filter) {
        line.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
    }

    /** What the service answers a broker that asks about each topic. */
    private boolean mayUse(Inhabited.Device device, String action, String topic) {
        return ask("authz", Map.of("username", device.card().uid(), "action", action, "topic", topic))
                .contains("\"allow\"");
    }

    private String ask(String door, Map<String, String> question) {
        return given().header("X-Wuye-Broker-Key", key)
                .contentType(ContentType.JSON)
                .body(question)
                .post("/internal/mqtt/" + door)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
