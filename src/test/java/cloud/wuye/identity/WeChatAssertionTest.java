package cloud.wuye.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cloud.wuye.identity.WeChatTown.Somebody;
import cloud.wuye.identity.vouching.TestVouching;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a company's realm, a real Keycloak's, takes for our word and what not: whoever gets at its door brings all else. */
@QuarkusTest
@Tag("keycloak")
@WithTestResource(RealKeycloak.class)
class WeChatAssertionTest {
    private static final Consumer<JsonObject> AS_IT_IS = json -> {};
    private static final Forgery FORGER = new Forgery();

    private static WeChatTown town;
    private static WeChatTown other;
    private static Somebody sun;

    @Inject
    TestVouching vouching;

    @BeforeEach
    void twoTowns() {
        Gate.open();
        if (town == null) {
            town = WeChatTown.founded();
            other = WeChatTown.founded();
            sun = town.resident();
        }
    }

    /** Else all of the following would prove nothing. */
    @Test
    void ourWordIsTakenOnce() {
        String word = word(AS_IT_IS);
        bring(word).statusCode(200).body("access_token", notNullValue()).body("refresh_token", nullValue());
        refused(word);
    }

    @Test
    void aForgedKeyIsRefused() {
        String word = word(AS_IT_IS);
        refused(FORGER.resigned(word, AS_IT_IS, AS_IT_IS));
        refused(FORGER.resigned(word, head -> head.put("kid", "own"), AS_IT_IS));
        refused(FORGER.resigned(word, head -> head.remove("kid"), AS_IT_IS));
        refused(FORGER.resigned(word, head -> head.put("jwk", FORGER.jwk("own")).put("kid", "own"), AS_IT_IS));
        refused(Forgery.tampered(word, claims -> claims.put("sub", "o-somebody")));
        refused(Forgery.tampered(word, claims -> claims.put("jti", "another")));
    }

    @Test
    void algNoneAndSharedSecretsAreRefused() {
        String word = word(AS_IT_IS);
        refused(Forgery.unsigned(word, "{\"alg\":\"none\",\"typ\":\"JWT\"}", AS_IT_IS));
        refused(Forgery.unsigned(word, "{\"alg\":\"none\",\"kid\":\"" + Forgery.head(word, "kid") + "\"}", AS_IT_IS));
        refused(word.substring(0, word.lastIndexOf('.') + 1));
        refused(Forgery.hs256(word, given().get(keys()).asString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsOldOrGoodForTooLongIsRefused() {
        long now = Instant.now().getEpochSecond();
        refused(word(claims -> claims.put("iat", now - 120).put("exp", now - 60)));
        // Whatever it says, it is good for sixty seconds from when it was given.
        refused(word(claims -> claims.put("iat", now - 90).put("exp", now + 600)));
        refused(word(claims -> claims.put("exp", now + 600).remove("iat")));
        refused(word(claims -> claims.put("iat", now + 120).put("exp", now + 150)));
        refused(word(claims -> claims.remove("exp")));
        refused(word(claims -> claims.put("iat", now - 300).put("exp", now + 30)));
    }

    @Test
    void anotherRealmsAudienceOrKeyIsRefused() {
        String audience = RealKeycloak.url() + "/realms/" + other.code();
        refused(word(claims -> claims.put("aud", audience)));
        refused(word(claims -> claims.remove("aud")));
        // A word for the other company's realm, and one in the first's name with the other's key.
        String others = vouching.forWeChat(UUID.fromString(other.company().id()), sun.openId(), AS_IT_IS);
        refused(others);
        String stolen = vouching.forWeChat(UUID.fromString(other.company().id()), sun.openId(), claims -> claims.put(
                        "aud", Forgery.claim(word(AS_IT_IS), "aud"))
                .put("iss", Forgery.claim(word(AS_IT_IS), "iss")));
        refused(stolen);
        given().formParam("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .formParam("assertion", word(AS_IT_IS))
                .formParam("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .formParam(
                        "client_assertion",
                        vouching.forOurselves(UUID.fromString(other.company().id())))
                .post(KeycloakProbe.token(other.code()))
                .then()
                .statusCode(400);
    }

    @Test
    void somebodyWhoIsNotLinkedIsRefused() {
        refused(vouching.forWeChat(id(), "o-nobody", AS_IT_IS));
        refused(vouching.forWeChat(id(), town.stranger().openId(), AS_IT_IS));
        refused(word(claims -> claims.put("sub", sun.username())));
        refused(word(claims -> claims.remove("sub")));
        refused(word(claims -> claims.put("iss", Forgery.claim(word(AS_IT_IS), "iss") + "0")));
    }

    @Test
    void aDisabledResidentIsRefused() {
        Somebody qian = town.resident();
        KeycloakProbe.disableUser(town.code(), qian.username());
        refused(vouching.forWeChat(id(), qian.openId(), AS_IT_IS));
    }

    @Test
    void onlyWeMayBringIt() {
        ValidatableResponse without = given().formParam("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .formParam("assertion", word(AS_IT_IS))
                .formParam("client_id", "wuye-mini-program")
                .post(KeycloakProbe.token(town.code()))
                .then();
        assertFalse(without.extract().asString().contains("access_token"), "without a proof");
        for (String client : new String[] {"wuye-admin", "wuye-cli"}) {
            given().formParam("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                    .formParam("assertion", word(AS_IT_IS))
                    .formParam("client_id", client)
                    .post(KeycloakProbe.token(town.code()))
                    .then()
                    .statusCode(400)
                    .body("access_token", nullValue());
        }
        bring(word(AS_IT_IS), FORGER.resigned(vouching.forOurselves(id()), AS_IT_IS, AS_IT_IS))
                .body("access_token", nullValue());
        String once = vouching.forOurselves(id());
        bring(word(AS_IT_IS), once).statusCode(200);
        bring(word(AS_IT_IS), once).body("access_token", nullValue());
    }

    /** Whatever rights an account has, by this door come a resident's. */
    @Test
    void theTokenHoldsTheRoleOfResidentsAndNoOther() {
        Somebody qian = town.resident();
        KeycloakProbe.giveRole(town.code(), "manager", qian.username());
        String token = bring(vouching.forWeChat(id(), qian.openId(), AS_IT_IS))
                .statusCode(200)
                .extract()
                .path("access_token");
        Ask.me(token).body("data.me.roles", equalTo(List.of("resident")));
    }

    @Test
    void theRealmIsMadeAsDesignedAndRepairedTheSame() {
        assertDesigned(town.code());
        KeycloakProbe.forgetVouchedClient(other.code());
        Company.aboard(other.code());
        assertDesigned(other.code());
    }

    private static void assertDesigned(String realm) {
        Map<String, Object> provider =
                KeycloakProbe.identityProvider(realm, "wuye-wechat").getMap("config");
        assertEquals("60", provider.get("jwtAuthorizationGrantMaxAllowedAssertionExpiration"));
        assertEquals("false", provider.get("jwtAuthorizationGrantAssertionReuseAllowed"));
        assertEquals("RS256", provider.get("jwtAuthorizationGrantAssertionSignatureAlg"));
        var client = KeycloakProbe.client(realm, "wuye-mini-program");
        assertEquals(false, client.getBoolean("[0].publicClient"));
        assertEquals(false, client.getBoolean("[0].fullScopeAllowed"));
        assertEquals(false, client.getBoolean("[0].standardFlowEnabled"));
        assertEquals(false, client.getBoolean("[0].directAccessGrantsEnabled"));
        assertEquals(false, client.getBoolean("[0].serviceAccountsEnabled"));
        assertEquals("client-jwt", client.getString("[0].clientAuthenticatorType"));
    }

    private String word(Consumer<JsonObject> change) {
        return vouching.forWeChat(id(), sun.openId(), change);
    }

    private void refused(String word) {
        bring(word).statusCode(400).body("access_token", nullValue());
    }

    private ValidatableResponse bring(String word) {
        return bring(word, vouching.forOurselves(id()));
    }

    private ValidatableResponse bring(String word, String ourselves) {
        return given().formParam("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .formParam("assertion", word)
                .formParam("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .formParam("client_assertion", ourselves)
                .post(KeycloakProbe.token(town.code()))
                .then();
    }

    private static UUID id() {
        return UUID.fromString(town.company().id());
    }

    private static String keys() {
        return "/api/login/keys/" + town.company().id();
    }
}
