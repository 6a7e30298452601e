package cloud.wuye.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.TestIssuer;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tokens of many realms are let in, and which are not; the same against the real Keycloak: KeycloakRefusalTest. */
@QuarkusTest
class TokenRefusalTest {
    private static final String ME = "{\"query\":\"{me{subject username roles company{code}}}\"}";

    private TestTenant haitang;
    private TestTenant yulan;

    @BeforeEach
    void twoCompanies() {
        haitang = TestTenants.create("haitang");
        yulan = TestTenants.create("yulan");
    }

    @Test
    void aManagerIsKnownByTheTokenOfTheirRealm() {
        me(haitang.manager())
                .statusCode(200)
                .body("data.me.username", equalTo("lin"))
                .body("data.me.subject", equalTo(haitang.subject("lin")))
                .body("data.me.roles", contains(Roles.MANAGER))
                .body("data.me.company.code", equalTo("haitang"));
    }

    @Test
    void anOperatorBelongsToNoCompany() {
        me(TestTenants.operator())
                .statusCode(200)
                .body("data.me.roles", contains(Roles.PLATFORM_OPERATOR))
                .body("data.me.company", nullValue());
    }

    @Test
    void aCompanyCannotMakeAnOperator() {
        me(haitang.as("lin", Roles.MANAGER, Roles.PLATFORM_OPERATOR, "admin"))
                .statusCode(200)
                .body("data.me.roles", contains(Roles.MANAGER));
    }

    @Test
    void anotherRealmsKeyIsRefused() {
        refused(TestIssuer.sign("yulan", TestIssuer.claims("haitang", "lin", Roles.MANAGER)));
    }

    @Test
    void anUnregisteredRealmIsRefusedAndItsKeysAreNeverAskedFor() {
        refused(TestIssuer.token("stranger", "lin", Roles.MANAGER));
        assertEquals(0, TestIssuer.keyRequests("stranger"));
    }

    @Test
    void anExpiredTokenIsRefused() {
        Instant then = Instant.now().minusSeconds(400);
        refused(TestIssuer.sign(
                "haitang",
                TestIssuer.claims("haitang", "lin", Roles.MANAGER)
                        .issuedAt(then)
                        .expiresAt(then.plusSeconds(300))));
    }

    @Test
    void aTokenOlderThanTheLifespanIsRefusedWhateverItSays() {
        Instant then = Instant.now().minusSeconds(400);
        refused(TestIssuer.sign(
                "haitang",
                TestIssuer.claims("haitang", "lin", Roles.MANAGER)
                        .issuedAt(then)
                        .expiresAt(then.plusSeconds(86_400))));
    }

    @Test
    void anotherAudienceIsRefused() {
        refused(TestIssuer.sign(
                "haitang", TestIssuer.claims("haitang", "lin", Roles.MANAGER).audience(Set.of("account"))));
    }

    @Test
    void anIdTokenAndARefreshTokenAreRefused() {
        for (String type : new String[] {"ID", "Refresh", "Offline"}) {
            refused(TestIssuer.sign(
                    "haitang",
                    TestIssuer.claims("haitang", "lin", Roles.MANAGER).claim("typ", type)));
        }
    }

    @Test
    void aTamperedPayloadIsRefused() {
        String[] parts = haitang.technician().split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        refused(parts[0] + "." + base64(claims.replace(Roles.TECHNICIAN, Roles.MANAGER)) + "." + parts[2]);
    }

    @Test
    void algNoneIsRefused() {
        String payload = haitang.manager().split("\\.")[1];
        refused(base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + payload + ".");
    }

    @Test
    void thePublicKeyAsASharedSecretIsRefused() {
        refused(Forgery.hs256(
                haitang.manager(), TestIssuer.key("haitang").getPublic().getEncoded()));
    }

    @Test
    void rubbishIsRefused() {
        for (String token : new String[] {"x", "a.b.c", "..", base64("{}") + "." + base64("[]") + ".x", "💡.💡.💡"}) {
            refused(token);
        }
    }

    @Test
    void headersAndHostsCannotChangeWhoseTokenItIs() {
        given().auth()
                .oauth2(haitang.manager())
                .header("X-Tenant", "yulan")
                .header("X-Tenant-Id", yulan.id().toString())
                .header("X-Forwarded-Host", "yulan.example.com")
                .header("Host", "yulan.example.com")
                .contentType(ContentType.JSON)
                .body(ME)
                .post("/graphql")
                .then()
                .statusCode(200)
                .body("data.me.company.code", equalTo("haitang"));
    }

    @Test
    void aTokenUnderAnotherRealmsNameIsRefused() {
        Ask.graphql(given().header("Wuye-Realm", "haitang"), haitang.manager(), Ask.ME, Map.of())
                .statusCode(200);
        Ask.graphql(given().header("Wuye-Realm", "yulan"), haitang.manager(), Ask.ME, Map.of())
                .statusCode(401);
        Ask.graphql(given().header("Wuye-Realm", "haitang"), TestTenants.operator(), Ask.ME, Map.of())
                .statusCode(401);
    }

    @Test
    void aNewKeyWorksWithoutARestart() {
        TestTenant company = TestTenants.fresh();
        me(company.manager()).statusCode(200);
        String old = company.manager();
        TestIssuer.rotate(company.code());
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(30))
                .untilAsserted(() -> me(company.manager()).statusCode(200));
        refused(old);
    }

    @Test
    void withoutATokenMeIsRefused() {
        given().contentType(ContentType.JSON)
                .body(ME)
                .post("/graphql")
                .then()
                .statusCode(401)
                .body("data", nullValue());
    }

    private static void refused(String token) {
        me(token).statusCode(401);
    }

    private static ValidatableResponse me(String token) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(ME)
                .post("/graphql")
                .then();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
