package cloud.wuye.story;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.platform.graphql.GraphQLSocket;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.ServiceProcess;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Everything a story needs: the packaged service among its real servers, and people who log in. */
final class Town implements AutoCloseable {
    private static final String PASSWORD = "Story-2026-autumn";

    private final KitServers kit = KitServers.shared().withKeycloak();
    private final String database = "story_" + UUID.randomUUID().toString().replace("-", "");
    private final ServiceProcess service;

    Town() {
        kit.createDatabase(database);
        Map<String, String> settings = new HashMap<>(kit.settings().postgres(database));
        settings.putAll(kit.settings().mqtt());
        settings.putAll(kit.settings().keycloak());
        settings.put("wuye.identity.realm.cli", "true");
        service = ServiceProcess.start(Path.of("target", "story").toAbsolutePath(), database, settings)
                .awaitListening();
        kit.askAboutDevicesAt(service.url() + "/internal/mqtt");
    }

    /** The platform operator's token, from Keycloak. */
    String operator() {
        return login("wuye-platform", "operator", "operator");
    }

    /** A token of somebody who has settled their password. */
    String login(String realm, String username) {
        return login(realm, username, PASSWORD);
    }

    /** Does what the log-in page would: changes the temporary password. */
    void settlePassword(String realm, String username) {
        String admin =
                token("master", "admin-cli", kit.fact("keycloak.admin.username"), kit.fact("keycloak.admin.password"));
        String users = kit.fact("keycloak.url") + "/admin/realms/" + realm + "/users";
        String id = given().auth()
                .oauth2(admin)
                .queryParam("username", username)
                .get(users)
                .then()
                .statusCode(200)
                .extract()
                .path("[0].id");
        given().auth()
                .oauth2(admin)
                .contentType(ContentType.JSON)
                .body(Map.of("type", "password", "value", PASSWORD, "temporary", false))
                .put(users + "/" + id + "/reset-password")
                .then()
                .statusCode(204);
    }

    /** Sends an operation that must succeed; the content of {@code data}. */
    JsonPath ask(String token, String operation, Object... variables) {
        JsonPath answer = send(token, operation, variables);
        assertNull(answer.get("errors"), answer::prettify);
        return answer.setRootPath("data");
    }

    /** Sends an operation; whatever comes back. */
    JsonPath send(String token, String operation, Object... variables) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            values.put((String) variables[i], variables[i + 1]);
        }
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("query", operation, "variables", values))
                .post(service.url() + "/graphql")
                .jsonPath();
    }

    /** Listens; the first event may be there already. */
    GraphQLSocket watch(String token, String subscription) throws InterruptedException {
        GraphQLSocket socket = GraphQLSocket.greeted(service.url(), token);
        socket.subscribe("1", subscription);
        return socket;
    }

    /** What the service has called an error so far. */
    List<String> errors() {
        return service.errors();
    }

    /** The HTTP status of an operation. */
    int status(String token, String operation) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("query", operation))
                .post(service.url() + "/graphql")
                .statusCode();
    }

    String brokerHost() {
        return kit.fact("mqtt.host");
    }

    int brokerPort() {
        return Integer.parseInt(kit.fact("mqtt.port"));
    }

    private String login(String realm, String username, String password) {
        return token(realm, "wuye-cli", username, password);
    }

    private String token(String realm, String client, String username, String password) {
        return given().formParam("grant_type", "password")
                .formParam("client_id", client)
                .formParam("username", username)
                .formParam("password", password)
                .post(kit.fact("keycloak.url") + "/realms/" + realm + "/protocol/openid-connect/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    @Override
    public void close() {
        service.close();
        kit.dropDatabase(database);
    }
}
