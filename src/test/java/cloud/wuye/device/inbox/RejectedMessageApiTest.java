package cloud.wuye.device.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import cloud.wuye.device.contract.Ulid;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestIssuer;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RejectedMessageApiTest {
    private static final String LIST =
            """
            query($filter: RejectedMessageFilterInput) {
              rejectedMessages(filter: $filter, first: 10) { nodes { id topic reason detail payload size times replayedAt } } }""";
    private static final String REPLAY =
            """
            mutation($filter: RejectedMessageFilterInput) {
              replayRejectedMessages(filter: $filter, reason: "registered now") { tried taken refused { reason detail times } } }""";

    @Inject
    TestDevices devices;

    @Inject
    DeviceInbox inbox;

    private TestTenant tenant;
    private Graph technician;
    private String uid;

    @BeforeEach
    void tenant() {
        devices.asOwner(TestReadings.TABLE);
        TestReadings.awake = true;
        tenant = TestTenants.fresh();
        technician = Graph.as(TestIssuer.token(tenant.code(), "tom", Roles.TECHNICIAN));
        uid = "em-" + tenant.code();
    }

    @AfterEach
    void sleep() {
        TestReadings.awake = false;
    }

    @Test
    void messagesOfADeviceRegisteredTooLateComeInByReplay() {
        send(uid, reading("12.50"));
        send(uid, reading("13.50"));
        send(uid, "nonsense");
        awaitRejected(3);
        JsonPath list = technician.ask(LIST, "filter", null);
        assertEquals(
                List.of("NOT_JSON", "UNKNOWN_DEVICE", "UNKNOWN_DEVICE"), list.getList("rejectedMessages.nodes.reason"));
        assertEquals("nonsense", list.getString("rejectedMessages.nodes[0].payload"));
        assertEquals(8, list.getInt("rejectedMessages.nodes[0].size"));

        UUID meter = devices.device(tenant.id(), "emeter", uid, null);
        JsonPath replayed = technician.ask(REPLAY, "filter", null);
        assertEquals(3, replayed.getInt("replayRejectedMessages.tried"));
        assertEquals(2, replayed.getInt("replayRejectedMessages.taken"));
        assertEquals(List.of("NOT_JSON"), replayed.getList("replayRejectedMessages.refused.reason"));
        assertEquals(List.of(2), replayed.getList("replayRejectedMessages.refused.times"));
        assertEquals(
                "2|26.0000", devices.one("SELECT count(*), sum(total) FROM test_reading WHERE device_id = ?", meter));
        // What was parked for a while says nothing about now.
        assertEquals("UNKNOWN", devices.one("SELECT connectivity FROM device_state WHERE device_id = ?", meter));
        // But it has been heard of.
        assertEquals("ACTIVE", devices.one("SELECT lifecycle FROM device WHERE id = ?", meter));

        assertEquals(1, technician.ask(REPLAY, "filter", null).getInt("replayRejectedMessages.tried"));
        assertEquals(
                1,
                technician
                        .ask(LIST, "filter", null)
                        .getList("rejectedMessages.nodes")
                        .size());
        JsonPath all =
                technician.ask(LIST, "filter", java.util.Map.of("includeReplayed", true, "reason", "UNKNOWN_DEVICE"));
        assertEquals(2, all.getList("rejectedMessages.nodes").size());
        assertNotNull(all.getString("rejectedMessages.nodes[0].replayedAt"));
        assertEquals(
                "4",
                devices.one(
                        "SELECT count(*) FROM audit_entry WHERE tenant_id = ? AND act = 'device.replayRejected'",
                        tenant.id()));
    }

    @Test
    void anEventThatWasRefusedReachesItsHandlerByReplay() {
        UUID meter = devices.device(tenant.id(), "emeter", uid, null);
        ChoosyHandler.NOT_NOW.add(meter);
        String event = TestDevices.newId();
        inbox.accept(arrival(
                "pm/v1/" + tenant.code() + "/emeter/" + uid + "/up/event",
                TestDevices.envelope(
                        event,
                        "b1",
                        1,
                        Instant.now(),
                        "ntp",
                        "{\"type\":\"switch\",\"relay\":\"open\",\"cause\":\"credit\"}")));
        awaitRejected(1);
        assertEquals(0, taken(event));
        assertEquals(0, technician.ask(REPLAY, "filter", null).getInt("replayRejectedMessages.taken"));
        ChoosyHandler.NOT_NOW.remove(meter);
        assertEquals(1, technician.ask(REPLAY, "filter", null).getInt("replayRejectedMessages.taken"));
        assertEquals(1, taken(event));
    }

    @Test
    void whatAHandlerStillRefusesStaysParkedWithItsReason() {
        devices.device(tenant.id(), "emeter", uid, null);
        send(uid, reading(TestReadings.POISON.toPlainString()));
        awaitRejected(1);
        JsonPath replayed = technician.ask(REPLAY, "filter", null);
        assertEquals(0, replayed.getInt("replayRejectedMessages.taken"));
        assertEquals("HANDLER_REFUSED", replayed.getString("replayRejectedMessages.refused[0].reason"));
    }

    @Test
    void anotherCompanySeesAndReplaysNothing() {
        send(uid, "nonsense");
        awaitRejected(1);
        Graph stranger = Graph.as(TestIssuer.token(TestTenants.fresh().code(), "eve", Roles.MANAGER));
        assertEquals(List.of(), stranger.ask(LIST, "filter", null).getList("rejectedMessages.nodes"));
        String id = technician.ask(LIST, "filter", null).getString("rejectedMessages.nodes[0].id");
        assertEquals(
                0,
                stranger.ask(REPLAY, "filter", java.util.Map.of("ids", List.of(id)))
                        .getInt("replayRejectedMessages.tried"));
        Graph resident = Graph.as(TestIssuer.token(tenant.code(), "rita", Roles.RESIDENT));
        resident.refused("FORBIDDEN", LIST, "filter", null);
    }

    @Test
    void theOperatorSeesWhatBelongsToNobody() {
        inbox.accept(arrival("pm/v1/no-such-company/emeter/" + uid + "/up/telemetry", "nonsense of nobody " + uid));
        Graph operator = Graph.as(TestTenants.operator());
        await().until(() -> operator.ask(LIST, "filter", java.util.Map.of("topicPrefix", "pm/v1/no-such-company/"))
                .getList("rejectedMessages.nodes.payload")
                .contains("nonsense of nobody " + uid));
        assertEquals(List.of(), technician.ask(LIST, "filter", null).getList("rejectedMessages.nodes"));
    }

    /** How often the handler took this event; it takes those of other tests' meters too. */
    private static long taken(String event) {
        return ChoosyHandler.TAKEN.stream().filter(Ulid.parse(event)::equals).count();
    }

    private void send(String device, String payload) {
        inbox.accept(arrival("pm/v1/" + tenant.code() + "/emeter/" + device + "/up/telemetry", payload));
    }

    private static Arrival arrival(String topic, String payload) {
        return new Arrival(topic, payload.getBytes(StandardCharsets.UTF_8), false, Instant.now(), () -> {});
    }

    private static String reading(String total) {
        return TestDevices.envelope(
                TestDevices.newId(), "b1", 1, Instant.now(), "ntp", "{\"reg\":{\"import\":\"" + total + "\"}}");
    }

    private void awaitRejected(int count) {
        await().until(
                        () -> devices.one("SELECT count(*) FROM rejected_message WHERE tenant_id = ?", tenant.id()),
                        Integer.toString(count)::equals);
    }
}
