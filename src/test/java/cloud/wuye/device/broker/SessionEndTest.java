package cloud.wuye.device.broker;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.contract.Ulid;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a device's connection when it loses its right to it. */
@QuarkusTest
class SessionEndTest {
    private static final KitServers KIT = KitServers.shared();

    @Inject
    Db db;

    @Inject
    TestDevices devices;

    private TestTenant company;
    private Graph technician;
    private String id;
    private String uid;
    private String password;
    private int seq;

    @BeforeEach
    void aMeter() {
        devices.askTheService();
        company = TestTenants.fresh();
        technician = Graph.as(company.technician());
        JsonPath done = technician.ask(
                "mutation{r:registerDevice(input:{kind:ELECTRICITY_METER,serialNo:\"M\"}){device{id uid} credential{password}}}");
        id = done.getString("r.device.id");
        uid = done.getString("r.device.uid");
        password = done.getString("r.credential.password");
    }

    @Test
    void aDisabledDeviceIsThrownOutAndCanComeBackWhenEnabled() {
        Mqtt5BlockingClient line = connect(uid);
        act("disableDevice", 0);
        awaitEnd(line);
        assertThrows(Mqtt5ConnAckException.class, () -> connect(uid));
        act("enableDevice", 1);
        connect(uid).disconnect();
    }

    @Test
    void aNewSecretEndsTheConnectionMadeWithTheOldOne() {
        Mqtt5BlockingClient line = connect(uid);
        String fresh = technician
                .ask("mutation($id:ID!){c:rotateDeviceCredential(id:$id){password}}", "id", id)
                .getString("c.password");
        awaitEnd(line);
        assertThrows(Mqtt5ConnAckException.class, () -> connect(uid));
        password = fresh;
        connect(uid).disconnect();
    }

    @Test
    void aRetiredDeviceIsThrownOutForGood() {
        Mqtt5BlockingClient line = connect(uid);
        act("retireDevice", 0);
        awaitEnd(line);
        assertThrows(Mqtt5ConnAckException.class, () -> connect(uid));
    }

    /** Under a client id of another ending the broker's rule does not reach it; what it says is refused all the same. */
    @Test
    void whatADisabledDeviceStillSaysIsParkedAndMovesNothing() throws Throwable {
        Mqtt5BlockingClient line = connect(uid + "-b");
        say(line, "1.00");
        awaitReadings(1);
        act("disableDevice", 0);
        String before = state();
        say(line, "2.00");
        awaitRejected(List.of("DISABLED_DEVICE"));
        assertEquals(before, state());
        act("enableDevice", 1);
        say(line, "3.00");
        awaitReadings(2);
        // After the fix the parked one can be taken in.
        JsonPath replayed = technician.ask("mutation{replayRejectedMessages(reason:\"enabled\"){taken}}");
        assertEquals(1, replayed.getInt("replayRejectedMessages.taken"));
        awaitReadings(3);
        line.disconnect();
    }

    /** Thousands of devices are not thrown out at a blow: they may be back tomorrow. They are not heard. */
    @Test
    void aSuspendedCompanysDevicesStayConnectedAndAreNotHeard() throws Throwable {
        Mqtt5BlockingClient line = connect(uid);
        say(line, "1.00");
        awaitReadings(1);
        String before = state();
        run("update tenant set status = 'SUSPENDED' where id = $1", company.id());
        say(line, "2.00");
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertEquals(
                        "1",
                        one(
                                "select count(*)::text from rejected_message where tenant_id = $1 and reason = 'SUSPENDED_TENANT'",
                                company.id())));
        assertEquals(before, state());
        assertTrue(line.getState().isConnected());
        run("update tenant set status = 'ACTIVE' where id = $1", company.id());
        say(line, "3.00");
        awaitReadings(2);
        line.disconnect();
    }

    private void act(String mutation, int version) {
        technician.ask(
                "mutation($id:ID!,$v:Int!){" + mutation + "(id:$id,version:$v,reason:\"test\"){lifecycle}}",
                "id",
                id,
                "v",
                version);
    }

    private void say(Mqtt5BlockingClient line, String total) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        line.publishWith()
                .topic("pm/v1/" + company.code() + "/emeter/" + uid + "/up/telemetry")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(
                        ("{\"v\":1,\"id\":\"%s\",\"boot\":\"b1\",\"seq\":%d,\"ts\":\"%s\",\"clk\":\"ntp\",\"data\":{\"reg\":{\"import\":\"%s\"}}}")
                                .formatted(Ulid.format(Ids.next()), seq++, now, total)
                                .getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private void awaitEnd(Mqtt5BlockingClient line) {
        await().atMost(Duration.ofSeconds(15)).until(() -> !line.getState().isConnected());
    }

    private void awaitReadings(int count) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertEquals(
                        count,
                        technician
                                .ask("query($id:ID!){device(id:$id){readings(first:9){value}}}", "id", id)
                                .getList("device.readings")
                                .size()));
    }

    private void awaitRejected(List<String> reasons) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertEquals(
                        reasons,
                        technician.ask("{rejectedMessages{nodes{reason}}}").getList("rejectedMessages.nodes.reason")));
    }

    /** All that a message could have moved. */
    private String state() throws Throwable {
        return one(
                "select concat_ws('|', s.*, (select count(*) from meter_reading r where r.device_id = s.device_id))"
                        + " from device_state s where s.device_id = $1",
                UUID.fromString(id));
    }

    private String one(String sql, Object value) throws Throwable {
        return subscribeAndAwait(() -> db.acrossTenants("test", connection -> connection
                .preparedQuery(sql)
                .execute(Tuple.of(value))
                .map(rows -> rows.iterator().next().getString(0))));
    }

    private void run(String sql, Object value) throws Throwable {
        subscribeAndAwait(() -> db.acrossTenants(
                "test",
                connection ->
                        connection.preparedQuery(sql).execute(Tuple.of(value)).replaceWithVoid()));
    }

    private Mqtt5BlockingClient connect(String clientId) {
        Mqtt5BlockingClient client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost(KIT.fact("mqtt.host"))
                .serverPort(Integer.parseInt(KIT.fact("mqtt.port")))
                .identifier(clientId)
                .simpleAuth()
                .username(uid)
                .password(password.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        client.connect();
        return client;
    }
}
