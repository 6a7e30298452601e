package cloud.wuye.identity;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a test does to Keycloak directly, past the service. */
final class KeycloakProbe {
    private KeycloakProbe() {}

    /** Changes the password that has to be changed at the first log-in, as the person would. */
    static void settlePassword(String realm, String username, String password) {
        asAdmin()
                .contentType(ContentType.JSON)
                .body(Map.of("type", "password", "value", password, "temporary", false))
                .put(admin(realm, "/users/" + user(realm, username).getString("[0].id") + "/reset-password"))
                .then()
                .statusCode(204);
    }

    /** Logs in by password; the whole answer. */
    static Response login(String realm, String client, String username, String password) {
        return given().formParam("grant_type", "password")
                .formParam("client_id", client)
                .formParam("username", username)
                .formParam("password", password)
                .formParam("scope", "openid")
                .post(token(realm));
    }

    /** Logs in by password; ID, access and refresh token. */
    static JsonPath tokens(String realm, String username, String password) {
        return login(realm, "wuye-cli", username, password)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static Response refresh(String realm, String refreshToken) {
        return given().formParam("grant_type", "refresh_token")
                .formParam("client_id", "wuye-cli")
                .formParam("refresh_token", refreshToken)
                .post(token(realm));
    }

    static JsonPath certs(String realm) {
        return given().get(RealKeycloak.url() + "/realms/" + realm + "/protocol/openid-connect/certs")
                .jsonPath();
    }

    static void disableUser(String realm, String username) {
        Map<String, Object> account = user(realm, username).getMap("[0]");
        account.put("enabled", false);
        asAdmin()
                .contentType(ContentType.JSON)
                .body(account)
                .put(admin(realm, "/users/" + account.get("id")))
                .then()
                .statusCode(204);
    }

    /** A client that trades passwords for tokens that are meant for us. */
    static Map<String, Object> passwordClient(String id, Map<String, String> attributes) {
        return Map.of(
                "clientId",
                id,
                "publicClient",
                true,
                "directAccessGrantsEnabled",
                true,
                "attributes",
                attributes,
                "protocolMappers",
                List.of(audience("false")));
    }

    /** A client whose ID tokens, too, name us as their audience. */
    static Map<String, Object> idTokenClient(String id) {
        return Map.of(
                "clientId",
                id,
                "publicClient",
                true,
                "directAccessGrantsEnabled",
                true,
                "protocolMappers",
                List.of(audience("true")));
    }

    private static Map<String, Object> audience(String inIdToken) {
        return Map.of(
                "name",
                "audience",
                "protocol",
                "openid-connect",
                "protocolMapper",
                "oidc-audience-mapper",
                "config",
                Map.of(
                        "included.client.audience",
                        "wuye-api",
                        "access.token.claim",
                        "true",
                        "id.token.claim",
                        inIdToken));
    }

    static JsonPath realm(String realm) {
        return asAdmin().get(admin(realm, "")).then().statusCode(200).extract().jsonPath();
    }

    /** Sets up, or with an empty map takes away, the realm's mail server, as an administrator does by hand. */
    static void setMailServer(String realm, Map<String, String> server) {
        asAdmin()
                .contentType(ContentType.JSON)
                .body(Map.of("realm", realm, "smtpServer", server))
                .put(admin(realm, ""))
                .then()
                .statusCode(204);
    }

    static int realmStatus(String realm) {
        return asAdmin().get(admin(realm, "")).statusCode();
    }

    static JsonPath client(String realm, String clientId) {
        return asAdmin()
                .queryParam("clientId", clientId)
                .get(admin(realm, "/clients"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static JsonPath user(String realm, String username) {
        return asAdmin()
                .queryParam("username", username)
                .queryParam("exact", true)
                .get(admin(realm, "/users"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static List<String> roles(String realm, String username) {
        return asAdmin()
                .get(admin(realm, "/users/" + user(realm, username).getString("[0].id") + "/role-mappings/realm"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("name");
    }

    static void makeRealm(String realm) {
        asAdmin()
                .contentType(ContentType.JSON)
                .body(Map.of("realm", realm, "enabled", true))
                .post(RealKeycloak.url() + "/admin/realms")
                .then()
                .statusCode(201);
    }

    /** A realm made past the service, with clients and a user as a company's has them. */
    static void makeRealmWithUser(String realm, String username, String password) {
        asAdmin()
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "realm",
                        realm,
                        "enabled",
                        true,
                        "clients",
                        List.of(
                                Map.of("clientId", "wuye-api", "bearerOnly", true),
                                passwordClient("wuye-cli", Map.of())),
                        "users",
                        List.of(Map.of(
                                "username",
                                username,
                                "enabled",
                                true,
                                "email",
                                username + "@example.com",
                                "firstName",
                                username,
                                "lastName",
                                username,
                                "credentials",
                                List.of(Map.of("type", "password", "value", password, "temporary", false))))))
                .post(RealKeycloak.url() + "/admin/realms")
                .then()
                .statusCode(201);
    }

    /** Whom an account is elsewhere, by identity provider. */
    static Map<String, String> identities(String realm, String username) {
        JsonPath found = asAdmin()
                .get(admin(realm, "/users/" + user(realm, username).getString("[0].id") + "/federated-identity"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        Map<String, String> identities = new HashMap<>();
        found.getList("", Map.class)
                .forEach(each -> identities.put((String) each.get("identityProvider"), (String) each.get("userId")));
        return identities;
    }

    static void forgetIdentity(String realm, String username, String provider) {
        asAdmin()
                .delete(admin(
                        realm,
                        "/users/" + user(realm, username).getString("[0].id") + "/federated-identity/" + provider))
                .then()
                .statusCode(204);
    }

    static JsonPath identityProvider(String realm, String alias) {
        return asAdmin()
                .get(admin(realm, "/identity-provider/instances/" + alias))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** A realm as it was made before anybody came in by WeChat. */
    static void forgetVouchedClient(String realm) {
        asAdmin()
                .delete(admin(realm, "/identity-provider/instances/wuye-wechat"))
                .then()
                .statusCode(204);
        asAdmin()
                .delete(admin(
                        realm, "/clients/" + client(realm, "wuye-mini-program").getString("[0].id")))
                .then()
                .statusCode(204);
    }

    static void makeUser(String realm, String username) {
        asAdmin()
                .contentType(ContentType.JSON)
                .body(Map.of("username", username, "enabled", true))
                .post(admin(realm, "/users"))
                .then()
                .statusCode(201);
    }

    static void makeClient(String realm, Map<String, Object> client) {
        asAdmin()
                .contentType(ContentType.JSON)
                .body(client)
                .post(admin(realm, "/clients"))
                .then()
                .statusCode(201);
    }

    static void makeRole(String realm, String role, String username) {
        asAdmin()
                .contentType(ContentType.JSON)
                .body(Map.of("name", role))
                .post(admin(realm, "/roles"))
                .then()
                .statusCode(201);
        giveRole(realm, role, username);
    }

    static void giveRole(String realm, String role, String username) {
        Map<String, Object> made =
                asAdmin().get(admin(realm, "/roles/" + role)).jsonPath().getMap("");
        asAdmin()
                .contentType(ContentType.JSON)
                .body(List.of(made))
                .post(admin(realm, "/users/" + user(realm, username).getString("[0].id") + "/role-mappings/realm"))
                .then()
                .statusCode(204);
    }

    /** Gives the realm a new signing key and takes the old one away. */
    static void rotateKeys(String realm) {
        JsonPath keys = asAdmin()
                .queryParam("type", "org.keycloak.keys.KeyProvider")
                .get(admin(realm, "/components"))
                .jsonPath();
        List<Map<String, Object>> old = keys.getList("findAll { it.providerId == 'rsa-generated' }");
        asAdmin()
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "name",
                        "rsa-" + System.nanoTime(),
                        "providerId",
                        "rsa-generated",
                        "providerType",
                        "org.keycloak.keys.KeyProvider",
                        "config",
                        Map.of("priority", List.of("500"), "algorithm", List.of("RS256"))))
                .post(admin(realm, "/components"))
                .then()
                .statusCode(201);
        old.forEach(key -> asAdmin()
                .delete(admin(realm, "/components/" + key.get("id")))
                .then()
                .statusCode(204));
    }

    static String token(String realm) {
        return RealKeycloak.url() + "/realms/" + realm + "/protocol/openid-connect/token";
    }

    private static String admin(String realm, String path) {
        return RealKeycloak.url() + "/admin/realms/" + realm + path;
    }

    private static RequestSpecification asAdmin() {
        return given().auth().oauth2(adminToken());
    }

    /** A token of Keycloak's own administrator. */
    static String adminToken() {
        return given().formParam("grant_type", "password")
                .formParam("client_id", "admin-cli")
                .formParam("username", RealKeycloak.fact("admin.username"))
                .formParam("password", RealKeycloak.fact("admin.password"))
                .post(token("master"))
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }
}
