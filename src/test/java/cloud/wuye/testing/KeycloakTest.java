package cloud.wuye.testing;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class KeycloakTest {
    private static final KitServers KIT = KitServers.shared().withKeycloak();
    private static final String URL = KIT.fact("keycloak.url");

    @Test
    void operatorGetsATokenForTheService() throws IOException {
        JsonNode claims = claims(operator("operator").statusCode(200).extract().path("access_token"));
        assertEquals(URL + "/realms/wuye-platform", claims.get("iss").asText());
        assertTrue(texts(claims.get("aud")).contains("wuye-api"), claims.toString());
        assertTrue(texts(claims.at("/realm_access/roles")).contains("platform-operator"), claims.toString());
        assertEquals(300, claims.get("exp").asLong() - claims.get("iat").asLong());
        assertTrue(claims.hasNonNull("sub"), claims.toString());
    }

    @Test
    void wrongPasswordIsRefused() {
        assertEquals(
                "invalid_grant", operator("wrong").statusCode(400).extract().path("error"));
    }

    @Test
    void provisionerMakesAndRunsRealmsButNotThoseOfOthers() {
        String token = provisioner();
        assertTrue(token.length() < 1_500, "a lightweight token: " + token.length());
        given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("realm", "made-by-provisioner", "enabled", true))
                .post(URL + "/admin/realms")
                .then()
                .statusCode(201);
        // Its rights on the new realm stand in the next token.
        String next = provisioner();
        String realm = URL + "/admin/realms/made-by-provisioner";
        given().auth()
                .oauth2(next)
                .contentType(ContentType.JSON)
                .body(Map.of("username", "someone", "enabled", true))
                .post(realm + "/users")
                .then()
                .statusCode(201);
        given().auth()
                .oauth2(next)
                .get(URL + "/admin/realms/wuye-platform/users")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(next)
                .get(URL + "/admin/realms/master/users")
                .then()
                .statusCode(403);
        given().auth().oauth2(next).delete(realm).then().statusCode(204);
    }

    @Test
    void wrongSecretIsRefused() {
        given().formParam("grant_type", "client_credentials")
                .formParam("client_id", "wuye-provisioner")
                .formParam("client_secret", "wrong")
                .post(URL + "/realms/master/protocol/openid-connect/token")
                .then()
                .statusCode(401);
    }

    @Test
    void restartKeepsRealmsAndAddress() {
        KIT.stopKeycloak();
        KIT.withKeycloak();
        operator("operator").statusCode(200);
    }

    private static ValidatableResponse operator(String password) {
        return given().formParam("grant_type", "password")
                .formParam("client_id", "wuye-cli")
                .formParam("username", "operator")
                .formParam("password", password)
                .post(URL + "/realms/wuye-platform/protocol/openid-connect/token")
                .then();
    }

    private static String provisioner() {
        return given().formParam("grant_type", "client_credentials")
                .formParam("client_id", KIT.fact("keycloak.provisioner.client"))
                .formParam("client_secret", KIT.fact("keycloak.provisioner.secret"))
                .post(URL + "/realms/master/protocol/openid-connect/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    private static JsonNode claims(String token) throws IOException {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }

    private static List<String> texts(JsonNode node) {
        return StreamSupport.stream(
                        (node.isArray()
                                        ? node
                                        : new ObjectMapper().createArrayNode().add(node))
                                .spliterator(),
                        false)
                .map(JsonNode::asText)
                .toList();
    }
}
