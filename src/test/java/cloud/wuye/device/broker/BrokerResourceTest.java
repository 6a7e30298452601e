package cloud.wuye.device.broker;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tenant.TenantRegistry;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BrokerResourceTest {
    @ConfigProperty(name = "wuye.broker.key")
    String key;

    @ConfigProperty(name = "wuye.broker.service-username")
    String serviceName;

    @ConfigProperty(name = "wuye.broker.service-password")
    String servicePassword;

    @Inject
    Db db;

    @Inject
    TenantRegistry registry;

    @Inject
    Clock clock;

    private TestTenant company;
    private Graph technician;
    private String id;
    private String uid;
    private String password;

    @BeforeEach
    void aMeter() {
        company = TestTenants.fresh();
        technician = Graph.as(company.technician());
        JsonPath done = technician.ask(
                "mutation{r:registerDevice(input:{kind:ELECTRICITY_METER,serialNo:\"M\"}){device{id uid} credential{password}}}");
        id = done.getString("r.device.id");
        uid = done.getString("r.device.uid");
        password = done.getString("r.credential.password");
    }

    @AfterEach
    void clockRuns() {
        clock.reset();
    }

    @Test
    void aDeviceIsLetInWithItsTopicsAndNoOthers() {
        String home = "pm/v1/" + company.code() + "/emeter/" + uid;
        login(uid, password, uid)
                .body("result", equalTo("allow"))
                .body("is_superuser", equalTo(false))
                .body("client_attrs.tenant", equalTo(company.code()))
                .body("client_attrs.class", equalTo("emeter"))
                .body("acl.permission", contains("allow", "allow", "deny"))
                .body("acl.action", contains("publish", "subscribe", "all"))
                .body("acl.topic", contains(home + "/up/#", home + "/down/#", "#"));
        assertTrue(mayUse(uid, "publish", home + "/up/telemetry"));
        assertTrue(mayUse(uid, "subscribe", home + "/down/#"));
        assertFalse(mayUse(uid, "publish", home + "/down/cmd"));
        assertFalse(mayUse(uid, "subscribe", home + "/up/#"));
        assertFalse(mayUse(uid, "subscribe", "pm/v1/" + company.code() + "/emeter/+/down/#"));
        assertFalse(mayUse(uid, "publish", home.replace("emeter", "gateway") + "/up/bulk"));
        assertFalse(mayUse(uid, "publish", "pm/v1/another/emeter/" + uid + "/up/telemetry"));
        assertFalse(mayUse(uid, "publish", home + "/up/"));
        assertFalse(mayUse(uid, "subscribe", "#"));
        assertFalse(mayUse(uid, "reign", home + "/up/telemetry"));
    }

    @Test
    void aWrongPasswordAnUnknownNameAndABorrowedClientIdAreRefusedAlike() {
        denied(uid, password + "x", uid);
        denied(uid, "", uid);
        denied(uid, null, uid);
        denied("dnobody", password, "dnobody");
        denied(null, password, "x");
        denied(uid, password, "d0000000000000000");
        allowed(uid, password, uid + "-2");
        allowed(uid, password, null);
    }

    @Test
    void rotationRefusesTheOldPasswordAtOnce() {
        allowed(uid, password, uid);
        String fresh = technician
                .ask("mutation($id:ID!){c:rotateDeviceCredential(id:$id){password}}", "id", id)
                .getString("c.password");
        denied(uid, password, uid);
        allowed(uid, fresh, uid);
    }

    @Test
    void aDisabledDeviceIsShutOutUntilItIsEnabledAndARetiredOneForGood() {
        allowed(uid, password, uid);
        act("disableDevice", 0);
        denied(uid, password, uid);
        assertFalse(mayUse(uid, "publish", "pm/v1/" + company.code() + "/emeter/" + uid + "/up/telemetry"));
        act("enableDevice", 1);
        allowed(uid, password, uid);
        act("retireDevice", 2);
        denied(uid, password, uid);
    }

    @Test
    void aSuspendedCompanysDevicesAreShutOut() throws Throwable {
        allowed(uid, password, uid);
        status("SUSPENDED");
        denied(uid, password, uid);
        assertFalse(mayUse(uid, "publish", "pm/v1/" + company.code() + "/emeter/" + uid + "/up/telemetry"));
        assertFalse(file("passwords").contains(uid));
        status("ACTIVE");
        allowed(uid, password, uid);
    }

    @Test
    void aChildOfAGatewayCannotLogIn() {
        String gateway = technician
                .ask("mutation{r:registerDevice(input:{kind:GATEWAY,serialNo:\"G\"}){device{id}}}")
                .getString("r.device.id");
        technician.ask(
                "mutation($id:ID!,$g:ID){attachDevice(id:$id,version:0,gatewayId:$g){id}}", "id", id, "g", gateway);
        denied(uid, password, uid);
    }

    @Test
    void whoeverTriesManyPasswordsLocksNobodyOut() {
        for (int i = 0; i < 30; i++) {
            denied(uid, "guess" + i, uid);
            denied(serviceName, "guess" + i, "wuye-1");
        }
        allowed(uid, password, uid);
        login(serviceName, servicePassword, "wuye-1").body("result", equalTo("allow"));
    }

    @Test
    void onlyABrokerWithTheKeyIsAnswered() {
        for (String wrong : new String[] {null, "", "guess", key + "x"}) {
            var request = given().contentType(ContentType.JSON).body(Map.of("username", uid, "password", password));
            if (wrong != null) {
                request.header("X-Wuye-Broker-Key", wrong);
            }
            request.post("/internal/mqtt/authn").then().statusCode(401).body(equalTo(""));
        }
        given().get("/internal/mqtt/mosquitto/passwords").then().statusCode(401);
        given().get("/internal/mqtt/mosquitto/acl").then().statusCode(401);
    }

    @Test
    void theServiceItselfLogsInAndHearsEveryone() {
        login(serviceName, servicePassword, "wuye-1")
                .body("result", equalTo("allow"))
                .body("expire_at", nullValue());
        denied(serviceName, "guess", "wuye-1");
        assertTrue(mayUse(serviceName, "subscribe", "$share/ingest/pm/v1/+/+/+/up/#"));
        assertTrue(mayUse(serviceName, "publish", "pm/v1/t/emeter/d1/down/cmd"));
        assertFalse(mayUse(serviceName, "publish", "pm/v1/t/emeter/d1/up/telemetry"));
    }

    @Test
    void mosquittoGetsTheHashesAndTheTopics() {
        String passwords = file("passwords");
        assertTrue(passwords.lines().anyMatch(line -> line.startsWith(uid + ":$7$101$")), passwords);
        assertTrue(passwords.lines().anyMatch(line -> line.startsWith(serviceName + ":$7$101$")), passwords);
        assertFalse(passwords.contains(password));
        assertTrue(file("acl").contains("pattern write pm/v1/+/+/%u/up/#\npattern read pm/v1/+/+/%u/down/#\n"));
        assertTrue(file("acl?literal=true")
                .contains("user " + uid + "\ntopic write pm/v1/" + company.code() + "/emeter/" + uid + "/up/#\n"));
    }

    private void act(String mutation, int version) {
        technician.ask(
                "mutation($id:ID!,$v:Int!){" + mutation + "(id:$id,version:$v){lifecycle}}", "id", id, "v", version);
    }

    private void status(String status) throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> db.acrossTenants("test", connection -> connection
                        .preparedQuery("update tenant set status = $2 where id = $1")
                        .execute(Tuple.of(company.id(), status)))
                .chain(registry::refresh));
    }

    private String file(String name) {
        return given().header("X-Wuye-Broker-Key", key)
                .get("/internal/mqtt/mosquitto/" + name)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private void allowed(String username, String secret, String clientId) {
        login(username, secret, clientId).body("result", equalTo("allow"));
    }

    private void denied(String username, String secret, String clientId) {
        assertEquals(
                "{\"result\":\"deny\"}",
                login(username, secret, clientId).extract().asString());
    }

    private ValidatableResponse login(String username, String secret, String clientId) {
        Map<String, String> body = new HashMap<>();
        body.put("username", username);
        body.put("password", secret);
        body.put("clientid", clientId);
        return ask("authn", body);
    }

    private boolean mayUse(String username, String action, String topic) {
        return ask("authz", Map.of("username", username, "action", action, "topic", topic))
                .extract()
                .path("result")
                .equals("allow");
    }

    private ValidatableResponse ask(String what, Map<String, String> body) {
        return given().header("X-Wuye-Broker-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/internal/mqtt/" + what)
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON);
    }
}
