package cloud.wuye.kit.demo;

import cloud.wuye.kit.KitException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The service's doors, entered as one person: GraphQL, and REST for files. */
final class GraphQLDoor {
    private static final long TOKEN_NANOS = 120_000_000_000L;

    private final String url;
    private final Supplier<String> logIn;
    private String token;
    private long loggedInAt;

    GraphQLDoor(DemoPlace place, Supplier<String> logIn) {
        this.url = place.service() + "/graphql";
        this.logIn = logIn;
    }

    /** The data; {@link Web.Away} when the service is not itself at the moment, another failure when it says no. */
    JsonNode ask(String document, Map<String, Object> variables) {
        try {
            HttpRequest request = Web.to(url)
                    .header("Authorization", "Bearer " + token())
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .POST(BodyPublishers.ofString(
                            Web.JSON.writeValueAsString(Map.of("query", document, "variables", variables))))
                    .build();
            HttpResponse<String> answer = Web.send(request);
            if (answer.statusCode() >= 500) {
                throw new Web.Away("The service answered " + answer.statusCode() + ".", null);
            }
            JsonNode body = Web.json(answer);
            if (body.path("errors").isArray() && !body.path("errors").isEmpty()) {
                throw refused(body.path("errors").get(0), document);
            }
            return body.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a file to the REST door of that path, as the same person; the answer is JSON. */
    JsonNode upload(String path, String csv) {
        HttpResponse<String> answer = Web.send(Web.to(url.replaceFirst("/graphql$", path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "text/csv")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(csv))
                .build());
        if (answer.statusCode() >= 500) {
            throw new Web.Away("The service answered " + answer.statusCode() + ".", null);
        }
        if (answer.statusCode() != 200) {
            throw new KitException("The service refused " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return Web.json(answer);
    }

    /** All nodes of a connection, page by page. The document has {@code $after} and one root field, a connection. */
    List<JsonNode> all(String document) {
        List<JsonNode> nodes = new ArrayList<>();
        Map<String, Object> variables = Map.of();
        boolean more = true;
        while (more) {
            JsonNode page = ask(document, variables).elements().next();
            page.path("edges").forEach(edge -> nodes.add(edge.path("node")));
            more = page.path("pageInfo").path("hasNextPage").asBoolean();
            variables = Map.of("after", page.path("pageInfo").path("endCursor").asText());
        }
        return nodes;
    }

    private static KitException refused(JsonNode error, String document) {
        String code = error.path("extensions").path("code").asText();
        String message =
                "The service refused " + document.strip().split("[({]", 3)[0].strip() + ": " + code + " "
                        + error.path("message").asText() + " "
                        + error.path("extensions").path("field").asText();
        return code.equals("IDENTITY_UNAVAILABLE") || code.equals("UNAVAILABLE") || code.equals("INTERNAL")
                ? new Web.Away(message, null)
                : new KitException(message);
    }

    private String token() {
        if (token == null || System.nanoTime() - loggedInAt > TOKEN_NANOS) {
            token = logIn.get();
            loggedInAt = System.nanoTime();
        }
        return token;
    }
}
