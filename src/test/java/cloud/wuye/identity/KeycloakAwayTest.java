package cloud.wuye.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestIssuer;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

/** The service of a Keycloak that is not there: it has started, answers, and needs no restart when Keycloak comes. */
@QuarkusTest
@WithTestResource(NoKeycloak.class)
class KeycloakAwayTest {
    @Test
    void theServiceHasStartedAndAnswers() {
        given().contentType(ContentType.JSON)
                .body("{\"query\":\"{__typename}\"}")
                .post("/graphql")
                .then()
                .statusCode(200)
                .body("data.__typename", equalTo("Query"));
    }

    @Test
    void anOperatorIsAskedToComeAgain() {
        String issuer = NoKeycloak.url() + "/realms/wuye-platform";
        Ask.me(TestIssuer.sign(
                        "wuye-platform",
                        TestIssuer.claims("wuye-platform", "root", Roles.PLATFORM_OPERATOR)
                                .issuer(issuer)))
                .statusCode(503)
                .header("Retry-After", equalTo("5"))
                .body("errors[0].extensions.code", equalTo("UNAVAILABLE"));
    }

    @Test
    void theAnswerIsInTheDoorsOwnWords() {
        String token = TestIssuer.sign(
                "wuye-platform",
                TestIssuer.claims("wuye-platform", "root", Roles.PLATFORM_OPERATOR)
                        .issuer(NoKeycloak.url() + "/realms/wuye-platform"));
        for (String type : new String[] {"application/graphql-response+json", "application/json"}) {
            given().auth()
                    .oauth2(token)
                    .contentType(ContentType.JSON)
                    .header("Accept", type)
                    .header("Accept-Language", "en")
                    .body("{\"query\":\"{me{username}}\"}")
                    .post("/graphql")
                    .then()
                    .statusCode(503)
                    .header("Content-Type", equalTo(type + "; charset=utf-8"))
                    .header("WWW-Authenticate", nullValue())
                    .body("errors[0].message", equalTo("Temporarily unavailable, please try again"))
                    .body("errors[0].extensions.classification", equalTo("UNAVAILABLE"));
        }
        given().auth()
                .oauth2(token)
                .contentType("text/csv")
                .body("serial_no\n")
                .post("/api/devices/import")
                .then()
                .statusCode(503)
                .header("Retry-After", equalTo("5"))
                .body("code", equalTo("UNAVAILABLE"))
                .body("message", equalTo("服务暂时不可用，请稍后重试"));
    }

    @Test
    void aRealmComesToLifeWithItsKeycloak() {
        int port = KitServers.freePort();
        TestTenant company = TestTenants.create("lilac", TestIssuer.issuer("lilac"), "http://localhost:" + port);
        Ask.me(company.manager()).statusCode(503);
        String keys = given().get(TestIssuer.issuer("lilac") + "/protocol/openid-connect/certs")
                .asString();
        try (Trap keycloak = new Trap(port, keys)) {
            Ask.me(company.manager()).statusCode(200).body("data.me.company.code", equalTo("lilac"));
        }
        // And it stays alive: keys once seen are enough.
        Ask.me(company.manager()).statusCode(200);
    }
}
