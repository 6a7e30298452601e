package cloud.wuye.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.TestIssuer;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What whoever is not let in gets to read: the same at every door, in the door's own words and the reader's language. */
@QuarkusTest
class TurnedAwayTest {
    private static final String RESPONSE = "application/graphql-response+json";
    private static final String JSON = "application/json";
    private static final String ME = "{\"query\":\"{me{username}}\"}";

    /** By what is wrong with it; null for none. */
    private final Map<String, String> tokens = new LinkedHashMap<>();

    @BeforeEach
    void noGoodTokens() {
        TestTenant company = TestTenants.create("haitang");
        Instant then = Instant.now().minusSeconds(400);
        tokens.put("missing", null);
        tokens.put(
                "expired",
                TestIssuer.sign(
                        "haitang",
                        TestIssuer.claims("haitang", "lin", Roles.MANAGER)
                                .issuedAt(then)
                                .expiresAt(then.plusSeconds(300))));
        tokens.put("forged", TestIssuer.sign("yulan", TestIssuer.claims("haitang", "lin", Roles.MANAGER)));
        tokens.put("of nobody's realm", TestIssuer.token("stranger", "lin", Roles.MANAGER));
        tokens.put("rubbish", company.manager().substring(40));
    }

    @Test
    void graphQLAnswers401InTheTypeAndLanguageAskedFor() {
        tokens.forEach((what, token) -> {
            for (String accept : new String[] {RESPONSE, JSON}) {
                Response english = graphQL(token, accept, "en-GB, zh;q=0.5");
                assertRefused(what, english, accept);
                assertEquals("Please log in", english.path("errors[0].message"), what);
                Response chinese = graphQL(token, accept, null);
                assertRefused(what, chinese, accept);
                assertEquals("请先登录", chinese.path("errors[0].message"), what);
            }
            assertRefused(what, graphQL(token, "*/*", null), RESPONSE);
        });
    }

    @Test
    void whoAcceptsNeitherTypeGetsJson() {
        Response answer = graphQL(tokens.get("expired"), "text/html", "en");
        assertRefused("expired", answer, JSON);
    }

    @Test
    void aBatchOfStrangersQuestionsIsRefusedAsAWhole() {
        given().contentType(JSON)
                .accept(JSON)
                .body("[" + ME + "," + ME + "]")
                .post("/graphql")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("[1].errors[0].extensions.code", equalTo("UNAUTHENTICATED"));
    }

    @Test
    void whatIsForEveryoneIsAnsweredWithoutAToken() {
        given().contentType(JSON)
                .accept(JSON)
                .body("{\"query\":\"{__typename}\"}")
                .post("/graphql")
                .then()
                .statusCode(200)
                .header("WWW-Authenticate", nullValue())
                .body("$", not(hasKey("errors")));
    }

    @Test
    void uploadsAnswer401InTheLanguageAskedFor() {
        tokens.forEach((what, token) -> {
            for (String language : new String[] {"en", "zh-CN"}) {
                Response answer = bearing(token, language)
                        .contentType("text/csv")
                        .body("serial_no,kind\nA,ELECTRICITY_METER\n")
                        .post("/api/devices/import");
                assertEquals(401, answer.statusCode(), what);
                assertEquals("Bearer", answer.header("WWW-Authenticate"), what);
                assertEquals("UNAUTHENTICATED", answer.path("code"), what);
                assertEquals("en".equals(language) ? "Please log in" : "请先登录", answer.path("message"), what);
            }
        });
    }

    @Test
    void aRoleThatMayNotUploadIsToldSo() {
        bearing(TestTenants.create("haitang").resident(), "en")
                .contentType("text/csv")
                .body("serial_no,kind\n")
                .post("/api/devices/import")
                .then()
                .statusCode(403)
                .header("WWW-Authenticate", nullValue())
                .body("code", equalTo("FORBIDDEN"))
                .body("message", containsString("not allowed"));
    }

    /** A connection that carried a refused request, body unread, serves the next one. */
    @Test
    void theConnectionGoesOn() {
        String body = "{\"query\":\"{me{username}} #" + "x".repeat(100_000) + "\"}";
        for (int i = 0; i < 3; i++) {
            given().auth()
                    .oauth2(tokens.get("expired"))
                    .contentType(JSON)
                    .body(body)
                    .post("/graphql")
                    .then()
                    .statusCode(401);
        }
    }

    private static void assertRefused(String what, Response answer, String type) {
        assertEquals(401, answer.statusCode(), what);
        assertEquals(type + "; charset=utf-8", answer.header("Content-Type"), what);
        assertEquals("Bearer", answer.header("WWW-Authenticate"), what);
        assertEquals("UNAUTHENTICATED", answer.path("errors[0].extensions.code"), what);
        assertEquals("UNAUTHENTICATED", answer.path("errors[0].extensions.classification"), what);
        assertFalse(answer.asString().contains("Exception"), answer.asString());
        assertFalse(answer.asString().contains("\\tat "), answer.asString());
    }

    private static Response graphQL(String token, String accept, String language) {
        return bearing(token, language)
                .contentType(JSON)
                .header("Accept", accept)
                .body(ME)
                .post("/graphql");
    }

    private static RequestSpecification bearing(String token, String language) {
        RequestSpecification request = given();
        if (token != null) {
            request.auth().oauth2(token);
        }
        return language == null ? request : request.header("Accept-Language", language);
    }
}
