package cloud.wuye.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the service about a device that wants in, the way EMQX does: POST {@code {"username","password","clientid"}} to
 * {@code <auth-url>/authn}; 200 {@code {"result":"allow"|"deny","client_attrs":{"tenant","class"}}}. Anything else is an
 * error, and an error is a no.
 */
final class DeviceCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String secret;
    private volatile String url;

    /** What the service said. */
    record Answer(boolean allowed, String tenant, String deviceClass) {
        static Answer of(HttpResponse<String> response) {
            if (response.statusCode() != 200) {
                throw new KitException("the service answered " + response.statusCode());
            }
            try {
                JsonNode body = JSON.readTree(response.body());
                JsonNode attributes = body.path("client_attrs");
                return new Answer(
                        "allow".equals(body.path("result").asText()),
                        attributes.path("tenant").asText(""),
                        attributes.path("class").asText(""));
            } catch (JsonProcessingException e) {
                throw new KitException("the service's answer is not JSON", e);
            }
        }
    }

    /**
     * @param url may be empty: then nobody is let in until {@link #askAt}
     * @param secret sent as X-Wuye-Broker-Key, so that only the broker can try passwords there
     */
    DeviceCheck(String url, String secret) {
        this.url = url;
        this.secret = secret;
    }

    void askAt(String serviceUrl) {
        this.url = serviceUrl;
    }

    CompletableFuture<Answer> ask(String user, String password, String clientId) {
        if (url.isBlank()) {
            return CompletableFuture.failedFuture(new KitException("no --auth-url is set"));
        }
        try {
            String body = JSON.writeValueAsString(Map.of("username", user, "password", password, "clientid", clientId));
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/authn"))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .header("X-Wuye-Broker-Key", secret)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return http.sendAsync(request, BodyHandlers.ofString()).thenApply(Answer::of);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
