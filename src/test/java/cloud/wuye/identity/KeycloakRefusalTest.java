package cloud.wuye.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything that must not get in, tried with the tokens of a real Keycloak; and what happens while it is away. */
@QuarkusTest
@Tag("keycloak")
@WithTestResource(RealKeycloak.class)
class KeycloakRefusalTest {
    private static final Consumer<JsonObject> AS_IT_IS = json -> {};
    private static final Forgery FORGER = new Forgery();

    private static Company haitang;
    private static Company yulan;

    @BeforeEach
    void twoCompanies() {
        Gate.open();
        if (haitang == null) {
            haitang = Company.aboard();
            yulan = Company.aboard();
        }
    }

    @Test
    void theTokenOfARegisteredRealmIsLetIn() {
        Ask.me(haitang.manager()).statusCode(200).body("data.me.company.code", equalTo(haitang.code()));
        Ask.me(yulan.manager()).statusCode(200).body("data.me.company.code", equalTo(yulan.code()));
    }

    @Test
    void anAccessTokenLivesFiveMinutesAtMost() {
        JsonPath tokens = KeycloakProbe.tokens(haitang.code(), Company.MANAGER, Company.PASSWORD);
        assertTrue(tokens.getInt("expires_in") <= 300);
    }

    @Test
    void oneRealmsTokenUnderAnothersNameIsRefused() {
        String token = haitang.manager();
        Ask.graphql(given().header("Wuye-Realm", yulan.code()), token, Ask.ME, Map.of())
                .statusCode(401);
        Ask.graphql(given().header("Wuye-Realm", "wuye-platform"), token, Ask.ME, Map.of())
                .statusCode(401);
        Ask.graphql(given().header("Host", yulan.code() + RealKeycloak.HOST_SUFFIX), token, Ask.ME, Map.of())
                .statusCode(401);
        Ask.graphql(given().header("Host", haitang.code() + RealKeycloak.HOST_SUFFIX), token, Ask.ME, Map.of())
                .statusCode(200);
        Ask.graphql(given().header("X-Tenant-Id", yulan.id()), token, Ask.ME, Map.of())
                .statusCode(200)
                .body("data.me.company.code", equalTo(haitang.code()));
    }

    @Test
    void aSwappedIssuerIsRefused() {
        String token = haitang.manager();
        String other = Forgery.claim(yulan.manager(), "iss");
        refused(Forgery.tampered(token, claims -> claims.put("iss", other)));
        refused(FORGER.resigned(token, AS_IT_IS, claims -> claims.put("iss", other)));
        refused(Forgery.tampered(token, claims -> claims.put("iss", other + "/")));
        refused(Forgery.tampered(token, claims -> claims.put("iss", new JsonArray().add(other))));
        refused(Forgery.tampered(token, claims -> claims.remove("iss")));
    }

    @Test
    void aTamperedPayloadIsRefused() {
        String token = haitang.manager();
        refused(Forgery.tampered(token, claims -> claims.put("sub", "somebody")));
        refused(Forgery.tampered(
                token,
                claims -> claims.put("realm_access", new JsonObject().put("roles", List.of("platform-operator")))));
    }

    @Test
    void aRealmThatNobodyRegisteredIsRefused() {
        String stranger = "s" + haitang.code();
        KeycloakProbe.makeRealmWithUser(stranger, "lin", Company.PASSWORD);
        refused(KeycloakProbe.tokens(stranger, "lin", Company.PASSWORD).getString("access_token"));
        refused(KeycloakProbe.adminToken());
    }

    @Test
    void algNoneIsRefused() {
        String token = haitang.manager();
        refused(Forgery.unsigned(token, "{\"alg\":\"none\",\"typ\":\"JWT\"}", AS_IT_IS));
        refused(Forgery.unsigned(token, "{\"alg\":\"None\"}", AS_IT_IS));
        refused(Forgery.unsigned(token, "{\"alg\":\"none\",\"kid\":\"" + Forgery.head(token, "kid") + "\"}", AS_IT_IS));
        refused(token.substring(0, token.lastIndexOf('.') + 1));
    }

    @Test
    void thePublicKeyAsASharedSecretIsRefused() throws GeneralSecurityException {
        String token = haitang.manager();
        String certificate = KeycloakProbe.certs(haitang.code())
                .getString("keys.find { it.kid == '" + Forgery.head(token, "kid") + "' }.x5c[0]");
        byte[] der = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new java.io.ByteArrayInputStream(Base64.getDecoder().decode(certificate)))
                .getPublicKey()
                .getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        refused(Forgery.hs256(token, der));
        refused(Forgery.hs256(token, pem.getBytes(StandardCharsets.US_ASCII)));
        refused(Forgery.hs256(token, certificate.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void keysThatTheTokenBringsAlongAreNeitherUsedNorFetched() {
        String token = haitang.manager();
        String kid = Forgery.head(token, "kid");
        try (Trap trap = new Trap(new JsonObject()
                .put("keys", new JsonArray().add(FORGER.jwk(kid)))
                .encode())) {
            refused(FORGER.resigned(token, head -> head.put("jku", trap.url()), AS_IT_IS));
            refused(FORGER.resigned(token, head -> head.put("x5u", trap.url()), AS_IT_IS));
            refused(FORGER.resigned(token, head -> head.put("jwk", FORGER.jwk(kid)), AS_IT_IS));
            refused(FORGER.resigned(
                    token, head -> head.put("jwk", FORGER.jwk("own")).put("kid", "own"), AS_IT_IS));
            for (String trick : new String[] {
                "own", "", "../../../../dev/null", "' or '1'='1", trap.url(), Forgery.head(yulan.manager(), "kid")
            }) {
                refused(FORGER.resigned(token, head -> head.put("kid", trick), AS_IT_IS));
            }
            refused(FORGER.resigned(token, head -> head.remove("kid"), AS_IT_IS));
            assertEquals(0, trap.visitors());
        }
    }

    @Test
    void anIssuerWithKeysOfItsOwnIsRefusedAndNobodyAsksItForThem() {
        String token = haitang.manager();
        try (Trap trap = new Trap(new JsonObject()
                .put("keys", new JsonArray().add(FORGER.jwk("own")))
                .encode())) {
            for (String issuer : new String[] {
                trap.url(), trap.url() + "/realms/" + haitang.code(), Forgery.claim(token, "iss") + "#@" + trap.url()
            }) {
                refused(FORGER.resigned(token, head -> head.put("kid", "own"), claims -> claims.put("iss", issuer)));
            }
            assertEquals(0, trap.visitors());
        }
    }

    @Test
    void anExpiredTokenIsRefused() {
        KeycloakProbe.makeClient(
                haitang.code(), KeycloakProbe.passwordClient("short", Map.of("access.token.lifespan", "2")));
        // It lives hardly longer than a slow machine takes to show it: then the next one is shown.
        AtomicReference<String> token = new AtomicReference<>();
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            token.set(KeycloakProbe.login(haitang.code(), "short", Company.MANAGER, Company.PASSWORD)
                    .jsonPath()
                    .getString("access_token"));
            Ask.me(token.get()).statusCode(200);
        });
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> refused(token.get()));
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        KeycloakProbe.makeClient(
                haitang.code(), Map.of("clientId", "shop", "publicClient", true, "directAccessGrantsEnabled", true));
        refused(KeycloakProbe.login(haitang.code(), "shop", Company.MANAGER, Company.PASSWORD)
                .jsonPath()
                .getString("access_token"));
    }

    @Test
    void refreshTokensAndIdTokensAreRefused() {
        JsonPath tokens = KeycloakProbe.tokens(haitang.code(), Company.MANAGER, Company.PASSWORD);
        refused(tokens.getString("refresh_token"));
        refused(tokens.getString("id_token"));
        // Even an ID token that carries our audience.
        KeycloakProbe.makeClient(haitang.code(), KeycloakProbe.idTokenClient("idclient"));
        JsonPath ours = KeycloakProbe.login(haitang.code(), "idclient", Company.MANAGER, Company.PASSWORD)
                .jsonPath();
        refused(ours.getString("id_token"));
    }

    @Test
    void theAdminWebTakesNoPasswords() {
        KeycloakProbe.login(haitang.code(), "wuye-admin", Company.MANAGER, Company.PASSWORD)
                .then()
                .statusCode(400)
                .body("error", equalTo("unauthorized_client"));
    }

    @Test
    void aDisabledUserGetsNoNewToken() {
        Company company = Company.aboard();
        JsonPath tokens = KeycloakProbe.tokens(company.code(), Company.MANAGER, Company.PASSWORD);
        KeycloakProbe.disableUser(company.code(), Company.MANAGER);
        assertEquals(
                400,
                KeycloakProbe.login(company.code(), "wuye-cli", Company.MANAGER, Company.PASSWORD)
                        .statusCode());
        assertEquals(
                400,
                KeycloakProbe.refresh(company.code(), tokens.getString("refresh_token"))
                        .statusCode());
    }

    @Test
    void aNewSigningKeyWorksAtOnceAndTheOldOneIsWorthless() {
        Company company = Company.aboard();
        String old = company.manager();
        Ask.me(old).statusCode(200);
        KeycloakProbe.rotateKeys(company.code());
        assertNotEquals(Forgery.head(old, "kid"), Forgery.head(company.manager(), "kid"));
        // Keys are read again at most every ten seconds, so that made-up key ids do not become load on Keycloak.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> Ask.me(company.manager()).statusCode(200));
        refused(old);
    }

    @Test
    void whileKeycloakIsAwayKnownRealmsWorkAndOthersWait() {
        Company unseen = Company.aboard();
        String known = haitang.manager();
        String unknown = unseen.manager();
        Ask.me(known).statusCode(200);

        Gate.shut();
        Ask.me(known).statusCode(200);
        Ask.me(unknown)
                .statusCode(503)
                .header("Retry-After", equalTo("5"))
                .body("errors[0].extensions.code", equalTo("UNAVAILABLE"));
        refused(Forgery.tampered(known, claims -> claims.put("iss", "http://localhost/realms/nobody")));
        refused(FORGER.resigned(known, AS_IT_IS, AS_IT_IS));
        refused(FORGER.resigned(known, head -> head.put("kid", "new"), AS_IT_IS));

        Gate.open();
        Ask.me(unknown).statusCode(200).body("data.me.company.code", equalTo(unseen.code()));
    }

    @Test
    void aRoleThatTheRealmMadeUpIsAnEmptyWord() {
        Company company = Company.aboard();
        KeycloakProbe.makeRole(company.code(), "platform-operator", Company.MANAGER);
        String token = company.manager();
        Ask.me(token).body("data.me.roles", equalTo(List.of("manager")));
        Ask.graphql(token, "{ propertyCompanies { nodes { code } } }", Map.of())
                .body("errors[0].extensions.code", equalTo("FORBIDDEN"));
    }

    private static void refused(String token) {
        Ask.me(token).statusCode(401);
    }
}
