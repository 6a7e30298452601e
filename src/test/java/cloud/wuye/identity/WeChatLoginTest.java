package cloud.wuye.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.identity.WeChatTown.Somebody;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Residents come in by their WeChat alone, at a real Keycloak; whoever is refused learns nothing. */
@QuarkusTest
@Tag("keycloak")
@WithTestResource(RealKeycloak.class)
class WeChatLoginTest {
    private static final String ME = "{ me { roles resident { id } company { code } } }";
    private static final String UNLINK = "mutation($id: ID!) { unlinkWeChat(id: $id, reason: \"lost\") { id } }";
    private static final String DISABLE = "mutation($id: ID!) { disableResident(id: $id, reason: \"left\") { state } }";
    private static final String ENABLE = "mutation($id: ID!) { enableResident(id: $id) { state } }";
    private static final String ENTRIES =
            """
            query($id: String!) { auditEntries(filter: {subjectId: $id, act: "resident.logInByWeChat"}) {
              nodes { actorName after } } }""";

    private static WeChatTown town;

    @Inject
    TestDevices tables;

    @BeforeEach
    void aTown() {
        Gate.open();
        if (town == null) {
            town = WeChatTown.founded();
        }
    }

    @Test
    void aLinkedResidentComesInAsThemselves() {
        Somebody sun = town.resident();
        assertEquals(Map.of("wuye-wechat", sun.openId()), KeycloakProbe.identities(town.code(), sun.username()));
        String token = town.logIn(sun.openId())
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("tokenType", equalTo("Bearer"))
                .body("expiresIn", lessThanOrEqualTo(300))
                .body("size()", equalTo(3))
                .extract()
                .path("accessToken");
        Ask.graphql(token, ME, Map.of())
                .statusCode(200)
                .body("data.me.resident.id", equalTo(sun.id()))
                .body("data.me.roles", equalTo(List.of("resident")))
                .body("data.me.company.code", equalTo(town.code()));
    }

    @Test
    void whatNobodyHasProvedIsRefusedInTheSameWords() {
        Somebody sun = town.resident();
        String used = town.weChat().login(sun.openId());
        WeChatTown.knock(town.code(), used).statusCode(200);
        String refusal = refused(WeChatTown.knock(town.code(), used));
        assertEquals(refusal, refused(WeChatTown.knock(town.code(), "made-up")));
        assertEquals(
                refusal, refused(WeChatTown.knock("nobody-here", town.weChat().login(sun.openId()))));
        Company bare = Company.aboard();
        assertEquals(
                refusal, refused(WeChatTown.knock(bare.code(), town.weChat().login(sun.openId()))));
        // Another company's app gives codes of its own.
        WeChatTown other = WeChatTown.founded();
        assertEquals(
                refusal, refused(WeChatTown.knock(other.code(), town.weChat().login(sun.openId()))));
        other.logIn(sun.openId()).statusCode(409).body("code", equalTo("WECHAT_NOT_LINKED"));
    }

    @Test
    void whoIsNotLinkedIsToldSoAndOnlyThey() {
        Somebody qian = town.stranger();
        town.logIn(qian.openId())
                .statusCode(409)
                .body("code", equalTo("WECHAT_NOT_LINKED"))
                .body("message", equalTo("Link your WeChat first"));
        assertEquals(Map.of(), KeycloakProbe.identities(town.code(), qian.username()));
    }

    @Test
    void whoIsUnlinkedStaysOutAndTheWeChatCanBeSomebodyElses() {
        Somebody sun = town.resident();
        Somebody qian = town.stranger();
        town.asManager(UNLINK, Map.of("id", sun.id())).body("errors", nullValue());
        assertEquals(Map.of(), KeycloakProbe.identities(town.code(), sun.username()));
        town.logIn(sun.openId()).statusCode(409).body("code", equalTo("WECHAT_NOT_LINKED"));
        town.link(qian, sun.openId()).body("errors", nullValue());
        assertIs(qian, town.logIn(sun.openId()).extract().path("accessToken"));
    }

    @Test
    void unlinkingThatTheRealmDidNotHearOfIsDoneAgainOrOvertaken() {
        Somebody sun = town.resident();
        Somebody qian = town.stranger();
        Gate.breakBefore(1);
        town.asManager(UNLINK, Map.of("id", sun.id()))
                .body("errors[0].extensions.code", equalTo("IDENTITY_UNAVAILABLE"));
        Gate.open();
        // The realm still believes it of them, and we vouch for nobody.
        assertEquals(Map.of("wuye-wechat", sun.openId()), KeycloakProbe.identities(town.code(), sun.username()));
        town.logIn(sun.openId()).statusCode(409);
        town.link(qian, sun.openId()).body("errors", nullValue());
        assertEquals(Map.of(), KeycloakProbe.identities(town.code(), sun.username()));
        assertIs(qian, town.logIn(sun.openId()).extract().path("accessToken"));

        Gate.breakBefore(1);
        town.asManager(UNLINK, Map.of("id", qian.id()))
                .body("errors[0].extensions.code", equalTo("IDENTITY_UNAVAILABLE"));
        Gate.open();
        town.asManager(UNLINK, Map.of("id", qian.id())).body("errors", nullValue());
        assertEquals(Map.of(), KeycloakProbe.identities(town.code(), qian.username()));
    }

    @Test
    void anotherWeChatTakesThePlaceOfTheOld() {
        Somebody sun = town.resident();
        String another = "x-" + sun.username();
        town.link(sun, another).body("errors", nullValue());
        assertEquals(Map.of("wuye-wechat", another), KeycloakProbe.identities(town.code(), sun.username()));
        town.logIn(sun.openId()).statusCode(409);
        assertIs(sun, town.logIn(another).extract().path("accessToken"));
    }

    @Test
    void aDisabledResidentStaysOutUntilEnabled() {
        Somebody sun = town.resident();
        town.asManager(DISABLE, Map.of("id", sun.id())).body("errors", nullValue());
        refused(town.logIn(sun.openId()));
        town.asManager(ENABLE, Map.of("id", sun.id())).body("errors", nullValue());
        assertIs(sun, town.token(sun));
        // Shut out by an administrator of Keycloak's, past us.
        KeycloakProbe.disableUser(town.code(), sun.username());
        refused(town.logIn(sun.openId()));
    }

    @Test
    void aSuspendedCompanyLetsNobodyIn() {
        WeChatTown other = WeChatTown.founded();
        Somebody sun = other.resident();
        other.token(sun);
        operate("mutation($id: ID!) { suspendTenant(id: $id, reason: \"unpaid\") { status } }", other);
        refused(other.logIn(sun.openId()));
        given().get("/api/login/keys/" + other.company().id()).then().body("keys", hasSize(0));
        operate("mutation($id: ID!) { resumeTenant(id: $id, reason: \"paid\") { status } }", other);
        assertIs(sun, other.token(sun));
    }

    @Test
    void aRealmThatLostOrNeverHadThisWayInGetsItWithTheNextLogIn() {
        WeChatTown old = WeChatTown.founded();
        Somebody sun = old.resident();
        KeycloakProbe.forgetIdentity(old.code(), sun.username(), "wuye-wechat");
        assertIs(sun, old.token(sun));
        KeycloakProbe.forgetVouchedClient(old.code());
        assertIs(sun, old.token(sun));
        assertEquals(Map.of("wuye-wechat", sun.openId()), KeycloakProbe.identities(old.code(), sun.username()));
    }

    @Test
    void aLinkThatTheRealmDidNotHearOfIsMadeUpForAtTheLogIn() {
        Somebody sun = town.stranger();
        String token = town.company().token(sun.username());
        Gate.breakBefore(1);
        Ask.graphql(
                        token,
                        "mutation($c: String!) { linkMyWeChat(code: $c) { id } }",
                        Map.of("c", town.weChat().login(sun.openId())))
                .body("errors[0].extensions.code", equalTo("IDENTITY_UNAVAILABLE"));
        Gate.open();
        assertEquals(Map.of(), KeycloakProbe.identities(town.code(), sun.username()));
        assertIs(sun, town.token(sun));
    }

    @Test
    void whileWeChatOrKeycloakIsAwayItIsSaidSo() {
        Somebody sun = town.resident();
        town.weChat().fault("ERROR_500", "/sns/jscode2session", "times", 1);
        town.logIn(sun.openId())
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("WECHAT_UNAVAILABLE"));
        String code = town.weChat().login(sun.openId());
        Gate.shut();
        WeChatTown.knock(town.code(), code).statusCode(503).body("code", equalTo("IDENTITY_UNAVAILABLE"));
        Gate.open();
        town.token(sun);
    }

    @Test
    void theFirstLogInAfterAPauseStandsInTheAuditLog() {
        Somebody sun = town.resident();
        town.token(sun);
        town.token(sun);
        town.asManager(ENTRIES, Map.of("id", sun.id()))
                .body("data.auditEntries.nodes", hasSize(1))
                .body("data.auditEntries.nodes[0].actorName", equalTo(sun.username()));
        tables.run(
                "UPDATE resident_wechat SET logged_in_at = now() - interval '13 hours' WHERE openid = ?", sun.openId());
        town.token(sun);
        town.asManager(ENTRIES, Map.of("id", sun.id())).body("data.auditEntries.nodes", hasSize(2));
    }

    @Test
    void theNextKeyIsShownBeforeItSignsAndTheOldOneAfterwards() {
        WeChatTown other = WeChatTown.founded();
        Somebody sun = other.resident();
        other.token(sun);
        List<String> first = kids(other);
        assertEquals(1, first.size());

        age(other, "40 days");
        other.token(sun);
        List<String> both = kids(other);
        assertEquals(2, both.size());
        assertEquals(first.get(0), both.get(0));
        // A minute later the new one signs. Here it was no minute, and Keycloak asks for keys every ten seconds at
        // most.
        tables.run("UPDATE vouching_key SET created_at = created_at - interval '2 minutes' WHERE kid = ?", both.get(1));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertIs(sun, other.token(sun)));
        assertEquals(both, kids(other));
        age(other, "10 minutes");
        assertEquals(both.subList(1, 2), kids(other));
        assertIs(sun, other.token(sun));
        // And so on; what is over goes when the next comes.
        age(other, "40 days");
        other.token(sun);
        assertEquals(2, kids(other).size());
        assertNotEquals(first.get(0), kids(other).get(0));
    }

    @Test
    void keysAreShownToWhoeverAsksAndAreOpenHalvesOnly() {
        town.token(town.resident());
        String shown = given().get("/api/login/keys/" + town.company().id())
                .then()
                .statusCode(200)
                .body("keys.size()", greaterThan(0))
                .body("keys[0].keySet().sort()", equalTo(List.of("alg", "e", "kid", "kty", "n", "use")))
                .extract()
                .asString();
        assertEquals(0, shown.split("\"d\"").length - 1);
        for (String nobody : List.of("00000000-0000-7000-8000-000000000000", "made-up")) {
            given().get("/api/login/keys/" + nobody).then().statusCode(200).body("keys", hasSize(0));
        }
    }

    @Test
    void whatIsNotALogInIsSaidToBeSo() {
        for (String body : List.of("", "[]", "{", "{\"company\":5,\"code\":\"x\"}")) {
            given().contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/login/wechat")
                    .then()
                    .statusCode(400);
        }
        WeChatTown.knock("Not A Code!", "x").statusCode(400).body("field", equalTo("company"));
        WeChatTown.knock(town.code(), " ").statusCode(400).body("field", equalTo("code"));
        WeChatTown.knock(town.code(), "x".repeat(257)).statusCode(400).body("field", equalTo("code"));
        WeChatTown.knock(town.code(), "x".repeat(5000)).statusCode(400).body("code", equalTo("REQUEST_TOO_LARGE"));
        given().get("/api/login/wechat").then().statusCode(404);
    }

    private static List<String> kids(WeChatTown of) {
        return given().get("/api/login/keys/" + of.company().id()).jsonPath().getList("keys.kid");
    }

    private void age(WeChatTown of, String by) {
        tables.run(
                "UPDATE vouching_key SET created_at = created_at - interval '" + by + "' WHERE tenant_id = ?",
                UUID.fromString(of.company().id()));
    }

    private static void operate(String document, WeChatTown of) {
        Ask.graphql(TestTenants.operator(), document, Map.of("id", of.company().id()))
                .body("errors", nullValue());
    }

    private static void assertIs(Somebody somebody, String token) {
        Ask.graphql(token, ME, Map.of()).body("data.me.resident.id", equalTo(somebody.id()));
    }

    private static String refused(ValidatableResponse answer) {
        return answer.statusCode(401)
                .body("code", equalTo("WECHAT_LOGIN_REFUSED"))
                .extract()
                .asString();
    }
}
