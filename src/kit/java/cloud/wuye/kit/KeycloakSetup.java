package cloud.wuye.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What an administrator does once by hand in a Keycloak of production: the service account that makes realms. */
final class KeycloakSetup {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String admin;

    KeycloakSetup(String url, String adminPassword) {
        this.url = url;
        this.admin = logIn(adminPassword);
    }

    /**
     * A confidential client of the master realm with the role create-realm and no other; Keycloak then gives it the
     * realms that it makes. Its tokens are lightweight: a full one would name every realm and outgrow a header.
     */
    void ensureProvisioner(String clientId, String secret) {
        String clients = "/admin/realms/master/clients";
        Map<String, Object> client = Map.of(
                "clientId",
                clientId,
                "protocol",
                "openid-connect",
                "secret",
                secret,
                "publicClient",
                false,
                "serviceAccountsEnabled",
                true,
                "standardFlowEnabled",
                false,
                "directAccessGrantsEnabled",
                false,
                "attributes",
                Map.of("client.use.lightweight.access.token.enabled", "true"));
        JsonNode found = get(clients + "?clientId=" + clientId);
        if (found.isEmpty()) {
            send("POST", clients, client);
            found = get(clients + "?clientId=" + clientId);
        } else {
            send("PUT", clients + "/" + found.get(0).get("id").asText(), client);
        }
        String id = found.get(0).get("id").asText();
        String account =
                get(clients + "/" + id + "/service-account-user").get("id").asText();
        JsonNode role = get("/admin/realms/master/roles/create-realm");
        send("POST", "/admin/realms/master/users/" + account + "/role-mappings/realm", List.of(role));
    }

    private String logIn(String password) {
        String form =
                "grant_type=password&client_id=admin-cli&username=" + EmbeddedKeycloak.ADMIN + "&password=" + password;
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/realms/master/protocol/openid-connect/token"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return answer(request).get("access_token").asText();
    }

    private JsonNode get(String path) {
        return answer(request(path).GET().build());
    }

    private void send(String method, String path, Object body) {
        try {
            BodyPublisher json = BodyPublishers.ofString(JSON.writeValueAsString(body));
            answer(request(path)
                    .header("Content-Type", "application/json")
                    .method(method, json)
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + admin);
    }

    private JsonNode answer(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new KitException("Keycloak answered " + response.statusCode() + " to " + request.method() + " "
                        + request.uri().getPath() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set up Keycloak", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KitException("interrupted", e);
        }
    }
}
