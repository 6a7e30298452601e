package cloud.wuye.device.broker;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The words of EMQX 5, as its documentation of the HTTP authenticator and authorizer has them. To EMQX, any status but 200
 * and 204, and any result but allow and deny, is "ignore": the next one is asked, or the default decides.
 */
@QuarkusTest
class EmqxTest {
    @ConfigProperty(name = "wuye.broker.key")
    String key;

    private TestTenant company;
    private String uid;
    private String password;

    @BeforeEach
    void aMeter() {
        company = TestTenants.fresh();
        JsonPath done = Graph.as(company.technician())
                .ask(
                        "mutation{r:registerDevice(input:{kind:ELECTRICITY_METER,serialNo:\"M\"}){device{uid} credential{password}}}");
        uid = done.getString("r.device.uid");
        password = done.getString("r.credential.password");
    }

    /** All placeholders that the authenticator knows, as the dashboard's template and the samples send them. */
    @Test
    void anAuthenticationRequestWithEverythingIsAnsweredInTheDocumentedShape() throws IOException {
        Response answer = authn(
                """
                {"clientid":"%s","username":"%s","password":"%s","peerhost":"10.4.0.7","peername":"10.4.0.7:50112",
                 "peerport":50112,"proto_name":"MQTT","mountpoint":"","cert_subject":"","cert_common_name":"",
                 "client_attrs":{"tns":"a"},"zone":"default"}"""
                        .formatted(uid, uid, password));
        answer.then().statusCode(200).header("Content-Type", startsWith("application/json"));
        JsonNode body = new ObjectMapper().readTree(answer.asString());
        assertEquals(Set.of("result", "is_superuser", "client_attrs", "acl", "expire_at"), names(body));
        assertEquals("allow", body.get("result").textValue());
        assertTrue(body.get("is_superuser").isBoolean(), "a JSON boolean");
        assertFalse(body.get("is_superuser").booleanValue());
        body.get("client_attrs").forEach(value -> assertTrue(value.isTextual(), "client attributes are strings"));
        assertTrue(body.get("expire_at").isIntegralNumber(), "Unix seconds");
        long left = body.get("expire_at").longValue() - Instant.now().getEpochSecond();
        assertTrue(left > 17 * 3600 && left <= 24 * 3600 + 1, "seconds, not milliseconds: " + left);
        for (JsonNode rule : body.get("acl")) {
            assertEquals(Set.of("permission", "action", "topic"), names(rule));
            assertTrue(Set.of("allow", "deny").contains(rule.get("permission").textValue()));
            assertTrue(Set.of("publish", "subscribe", "all")
                    .contains(rule.get("action").textValue()));
            assertFalse(rule.get("topic").textValue().contains("${"), "EMQX would take it for a placeholder");
        }
        JsonNode last = body.get("acl").get(body.get("acl").size() - 1);
        assertEquals(
                "deny all #",
                last.get("permission").textValue() + " " + last.get("action").textValue() + " "
                        + last.get("topic").textValue());
    }

    /** The default template sends no client id. */
    @Test
    void theTwoFieldsOfTheDefaultTemplateAreEnough() {
        authn("{\"username\":\"%s\",\"password\":\"%s\"}".formatted(uid, password))
                .then()
                .statusCode(200)
                .body("result", equalTo("allow"));
    }

    @Test
    void anAuthorizationRequestWithEverythingIsAnswered() {
        String home = "pm/v1/" + company.code() + "/emeter/" + uid;
        authz(access("publish", home + "/up/telemetry")).then().statusCode(200).body(equalTo("{\"result\":\"allow\"}"));
        authz(access("subscribe", home + "/down/#")).then().statusCode(200).body(equalTo("{\"result\":\"allow\"}"));
        authz(access("publish", home + "/down/cmd")).then().statusCode(200).body(equalTo("{\"result\":\"deny\"}"));
    }

    /** Placeholders without a value come as "undefined" or empty, by EMQX's version. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "[]",
                "\"text\"",
                "1",
                "{}",
                "{\"username\":",
                "{\"username\":\"undefined\",\"password\":\"undefined\",\"clientid\":\"undefined\"}",
                "{\"username\":\"\",\"password\":\"\"}",
                "{\"username\":null,\"password\":null}",
                "{\"username\":{\"$ne\":null},\"password\":{\"$ne\":null}}",
                "{\"username\":[\"a\"],\"password\":[\"a\"],\"topic\":[\"#\"],\"action\":[\"publish\"]}",
                "{\"username\":1,\"password\":true,\"topic\":1,\"action\":0}",
                "{\"username\":\"x\",\"topic\":\"#\",\"action\":\"all\"}"
            })
    void whatCannotBeReadIsDeniedAndNeverIgnored(String body) {
        authn(body).then().statusCode(200).body(equalTo("{\"result\":\"deny\"}"));
        authz(body).then().statusCode(200).body(equalTo("{\"result\":\"deny\"}"));
    }

    @Test
    void aVeryLongNameAndDeepJsonAreDenied() {
        String deep = "{\"username\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        String longName = "{\"username\":\"" + "d".repeat(100_000) + "\",\"password\":\"x\"}";
        for (String body : new String[] {deep, longName}) {
            authn(body).then().statusCode(200).body(equalTo("{\"result\":\"deny\"}"));
            authz(body).then().statusCode(200).body(equalTo("{\"result\":\"deny\"}"));
        }
    }

    /** EMQX's other content type and method are not ours; the answer is an error and no yes. */
    @Test
    void formsAndGetAreRefusedWithoutAYes() {
        given().header("X-Wuye-Broker-Key", key)
                .formParam("username", uid)
                .formParam("password", password)
                .post("/internal/mqtt/authn")
                .then()
                .statusCode(415);
        given().header("X-Wuye-Broker-Key", key)
                .queryParam("username", uid)
                .queryParam("password", password)
                .get("/internal/mqtt/authn")
                .then()
                .statusCode(405);
    }

    @Test
    void whileTheDatabaseIsAwayALoginIs503AndATopicDenied() {
        KitServers kit = KitServers.shared();
        kit.stopPostgres();
        try {
            Response login = authn("{\"username\":\"%s\",\"password\":\"%s\"}".formatted(uid, password));
            login.then().statusCode(503).body(equalTo(""));
            authz(access("publish", "pm/v1/" + company.code() + "/emeter/" + uid + "/up/telemetry"))
                    .then()
                    .statusCode(200)
                    .body(equalTo("{\"result\":\"deny\"}"));
        } finally {
            kit.startPostgres();
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> authn(
                        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(uid, password))
                .then()
                .statusCode(200)
                .body("result", equalTo("allow")));
    }

    private String access(String action, String topic) {
        return """
                {"clientid":"%s","username":"%s","peerhost":"10.4.0.7","proto_name":"MQTT","mountpoint":"",
                 "action":"%s","topic":"%s","qos":1,"retain":false,"zone":"default"}"""
                .formatted(uid, uid, action, topic);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private Response authn(String body) {
        return ask("authn", body);
    }

    private Response authz(String body) {
        return ask("authz", body);
    }

    private Response ask(String what, String body) {
        return given().header("X-Wuye-Broker-Key", key)
                .header("Content-Type", "application/json")
                .body(body)
                .post("/internal/mqtt/" + what);
    }
}
