package cloud.wuye.kit.demo;

import cloud.wuye.kit.KitException;
import cloud.wuye.kit.demo.DemoCompany.DemoPerson;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What the demo does in Keycloak itself: logs people in, and gives them passwords that stand in the documentation. */
final class Keycloak {
    private final DemoPlace place;

    Keycloak(DemoPlace place) {
        this.place = place;
    }

    /** A token of somebody of the demo. */
    String tokenOf(String realm, String user, String password) {
        return token(realm, "wuye-cli", user, password);
    }

    private String token(String realm, String client, String user, String password) {
        String form = "grant_type=password&client_id=" + encoded(client) + "&username=" + encoded(user) + "&password="
                + encoded(password);
        HttpResponse<String> answer =
                Web.send(Web.to(place.keycloak() + "/realms/" + realm + "/protocol/openid-connect/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build());
        if (answer.statusCode() >= 500) {
            throw new Web.Away("Keycloak answered " + answer.statusCode() + ".", null);
        }
        if (answer.statusCode() != 200) {
            throw new KitException(user + " cannot log in to " + realm + ": " + answer.body());
        }
        return Web.json(answer).path("access_token").asText();
    }

    /**
     * Gives a new account the demo's password; one that has a password of its own keeps it. Does not try the password:
     * a failed log-in counts against the account, and two quick ones lock it.
     */
    void givePassword(String realm, DemoPerson person) {
        String admin = admin();
        JsonNode account = account(realm, person, admin)
                .orElseThrow(() -> new KitException("There is no account " + person.username() + " in " + realm + "."));
        String path = "/" + realm + "/users/" + account.path("id").asText();
        boolean toBeChanged = account.path("requiredActions").toString().contains("UPDATE_PASSWORD");
        if (toBeChanged || call("GET", path + "/credentials", null, admin).isEmpty()) {
            call(
                    "PUT",
                    path + "/reset-password",
                    Map.of("type", "password", "value", DemoData.PASSWORD, "temporary", false),
                    admin);
        }
    }

    /** Takes a company's realm away with everybody in it, if it is there. */
    void forgetRealm(String realm) {
        Web.send(Web.to(place.keycloak() + "/admin/realms/" + realm)
                .header("Authorization", "Bearer " + admin())
                .DELETE()
                .build());
    }

    private Optional<JsonNode> account(String realm, DemoPerson person, String admin) {
        JsonNode found =
                call("GET", "/" + realm + "/users?exact=true&username=" + encoded(person.username()), null, admin);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    private String admin() {
        return token("master", "admin-cli", place.keycloakAdmin(), place.keycloakAdminPassword());
    }

    private JsonNode call(String method, String path, Object body, String admin) {
        try {
            HttpRequest request = Web.to(place.keycloak() + "/admin/realms" + path)
                    .header("Authorization", "Bearer " + admin)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(Web.JSON.writeValueAsString(body)))
                    .build();
            HttpResponse<String> answer = Web.send(request);
            if (answer.statusCode() >= 500) {
                throw new Web.Away("Keycloak answered " + answer.statusCode() + " to " + method + " " + path, null);
            }
            if (answer.statusCode() >= 300) {
                throw new KitException("Keycloak answered " + answer.statusCode() + " to " + method + " " + path + ": "
                        + answer.body());
            }
            return answer.body().isBlank() ? Web.JSON.createObjectNode() : Web.json(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
