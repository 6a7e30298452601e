package cloud.wuye.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks a GraphQL server one question at a time; whatever it refuses ends the benchmark. */
record GraphClient(URI server) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /**
     * The whole answer.
     *
     * @param token bearer token, or null for none
     */
    JsonObject answer(String token, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        JsonObject answer = new JsonObject(
                HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
        if (answer.getJsonObject("data") == null || answer.containsKey("errors")) {
            throw new IllegalStateException(
                    answer.encode().substring(0, Math.min(500, answer.encode().length())));
        }
        return answer;
    }

    /** The data of the answer to a document with these variables. */
    JsonObject ask(String token, String document, JsonObject variables) throws IOException, InterruptedException {
        return answer(token, body(document, variables)).getJsonObject("data");
    }

    static String body(String document, JsonObject variables) {
        return new JsonObject()
                .put("query", document)
                .put("variables", variables)
                .encode();
    }
}
