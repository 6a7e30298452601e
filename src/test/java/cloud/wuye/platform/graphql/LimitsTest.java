package cloud.wuye.platform.graphql;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import cloud.wuye.platform.graphql.probe.ProbeProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Anyone may send these, logged in or not; each must be refused before it costs something. */
@QuarkusTest
@TestProfile(ProbeProfile.class)
class LimitsTest {
    @Test
    void depth() {
        refused("{ probeList " + "{ children ".repeat(15) + "{ name }" + " }".repeat(15) + " }", "QUERY_TOO_DEEP");
    }

    @Test
    void depthThroughFragments() {
        String fragments = IntStream.range(0, 15)
                .mapToObj(i -> "fragment F" + i + " on Probe { children { ...F" + (i + 1) + " } }")
                .collect(Collectors.joining(" "));
        refused("{ probeList { ...F0 } } " + fragments + " fragment F15 on Probe { name }", "QUERY_TOO_DEEP");
    }

    @Test
    void aliases() {
        refused("{ probeList { " + repeated(51, "a%d: name ") + "} }", "TOO_MANY_ALIASES");
        accepted("{ probeList { " + repeated(50, "a%d: name ") + "} }");
    }

    @Test
    void aliasesMultipliedByFragments() {
        // Each fragment spreads the next ten times: 10 to the power of 9 aliases in 600 characters.
        String fragments = IntStream.range(0, 9)
                .mapToObj(i -> "fragment F" + i + " on Probe { " + ("...F" + (i + 1) + " ").repeat(10) + "}")
                .collect(Collectors.joining(" "));
        // Once it has to be quick: a busy machine may hold up an answer, and a service's first one takes its time.
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            long start = System.nanoTime();
            refused("{ probeList { ...F0 } } " + fragments + " fragment F9 on Probe { x: name }", "TOO_MANY_ALIASES");
            return System.nanoTime() - start < 2_000_000_000L;
        });
    }

    @Test
    void fragmentsInACircle() {
        send(new JsonObject()
                        .put(
                                "query",
                                "{ probeList { ...A } } fragment A on Probe { ...B } fragment B on Probe { ...A }"))
                .statusCode(400)
                .body("errors[0].extensions.code", equalTo("GRAPHQL_INVALID"));
    }

    @Test
    void rootFields() {
        refused("{ " + "__typename ".repeat(21) + "}", "TOO_MANY_ROOT_FIELDS");
        refused("{ ...R ...R ...R } fragment R on Query { " + "__typename ".repeat(7) + "}", "TOO_MANY_ROOT_FIELDS");
    }

    @Test
    void complexityIsFieldsTimesRows() {
        accepted("{ probeList(first: 100) { name decimal children(first: 3) { name } } }");
        refused("{ probeList(first: 200) { name decimal children(first: 10) { name } } }", "QUERY_TOO_COMPLEX");
        refused("{ probeList(first: 2001) { name } }", "QUERY_TOO_COMPLEX");
    }

    @Test
    void seriesCountsItsPointsAndNamedThingsCountEach() {
        String hours = "{ meters(first: 50) { nodes { consumption(by: HOUR, from: \"%s\", to: \"2026-11-03\") {"
                + " points { start quantity } } } } }";
        refused(hours.formatted("2026-10-20"), "QUERY_TOO_COMPLEX");
        // Cheap enough to be let through as far as the door, where nobody has shown a token.
        send(new JsonObject().put("query", hours.formatted("2026-11-01").replace("50", "5")))
                .body("errors[0].extensions.code", equalTo("UNAUTHENTICATED"));
        send(new JsonObject()
                        .put(
                                "query",
                                "query($f: Date!, $t: Date!) { meters(first: 50) { nodes { consumption(by: HOUR, from: $f,"
                                        + " to: $t) { points { start quantity } } } } }")
                        .put(
                                "variables",
                                new JsonObject().put("f", "2026-01-01").put("t", "2026-02-01")))
                .statusCode(400)
                .body("errors[0].extensions.code", equalTo("QUERY_TOO_COMPLEX"));
        JsonArray ids = new JsonArray();
        for (int i = 0; i < 1000; i++) {
            ids.add(UUID.randomUUID().toString());
        }
        send(new JsonObject()
                        .put(
                                "query",
                                "query($d: [ID!]!) { supplies(deviceIds: $d) { a: desired b: reported holds { reason since } } }")
                        .put("variables", new JsonObject().put("d", ids)))
                .statusCode(400)
                .body("errors[0].extensions.code", equalTo("QUERY_TOO_COMPLEX"));
    }

    @Test
    void complexityReadsVariables() {
        String query = "query($n: Int) { probeList(first: $n) { name } }";
        send(new JsonObject().put("query", query).put("variables", new JsonObject().put("n", 5000)))
                .statusCode(400)
                .body("errors[0].extensions.code", equalTo("QUERY_TOO_COMPLEX"));
        send(new JsonObject().put("query", query).put("variables", new JsonObject().put("n", 5)))
                .statusCode(200);
    }

    @Test
    void documentSize() {
        refused("{ __typename } #" + "x".repeat(20_000), "DOCUMENT_TOO_LARGE");
        refused("{ " + "name ".repeat(2_000) + "}", "DOCUMENT_TOO_LARGE");
    }

    @Test
    void bracesWithoutEnd() {
        refused("{a".repeat(900), "QUERY_TOO_DEEP");
    }

    @Test
    void requestSize() {
        send(new JsonObject()
                        .put("query", "{ __typename }")
                        .put("variables", new JsonObject().put("x", "y".repeat(1_100_000))))
                .statusCode(413)
                .body("errors[0].extensions.code", equalTo("REQUEST_TOO_LARGE"));
    }

    @Test
    void batchSize() {
        var batch = new JsonArray();
        IntStream.range(0, 11).forEach(i -> batch.add(new JsonObject().put("query", "{ __typename }")));
        given().header("Content-Type", "application/json")
                .body(batch.encode())
                .post("/graphql")
                .then()
                .statusCode(400)
                .body("errors[0].extensions.code", equalTo("BATCH_TOO_LARGE"));
    }

    @Test
    void theUsualIntrospectionQueryFits() {
        accepted(graphql.introspection.IntrospectionQuery.INTROSPECTION_QUERY);
    }

    private static void refused(String query, String code) {
        send(new JsonObject().put("query", query))
                .statusCode(400)
                .body("errors.size()", equalTo(1))
                .body("errors[0].extensions.code", equalTo(code))
                .body("$", not(hasKey("data")));
    }

    private static void accepted(String query) {
        send(new JsonObject().put("query", query)).statusCode(200).body("$", not(hasKey("errors")));
    }

    private static String repeated(int times, String format) {
        return IntStream.range(0, times).mapToObj(i -> format.formatted(i)).collect(Collectors.joining());
    }

    private static ValidatableResponse send(JsonObject request) {
        return given().header("Content-Type", "application/json")
                .header("Accept", "application/graphql-response+json")
                .body(request.encode())
                .post("/graphql")
                .then();
    }
}
