package cloud.wuye.platform.graphql;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.graphql.probe.ProbeProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(ProbeProfile.class)
class ExactScalarsTest {
    private static final String FIELDS = "{ id decimal whole at day name }";

    @ParameterizedTest
    @CsvSource({
        "decimal, \"0.10\", 0.10",
        "decimal, 12345678901234.567890, 12345678901234.567890",
        "decimal, -3, -3",
        "whole, 9007199254740993, 9007199254740993",
        "whole, \"-9223372036854775808\", -9223372036854775808",
        "at, \"2026-07-06T15:22:47.123456Z\", 2026-07-06T15:22:47.123456Z",
        "at, \"2026-07-06T23:22:47+08:00\", 2026-07-06T15:22:47Z",
        "id, \"0193b6a2-1111-7000-8000-000000000001\", 0193b6a2-1111-7000-8000-000000000001"
    })
    void literalsComeBackExactlyAsStrings(String argument, String literal, String answer) {
        ask("{ probeScalars(" + argument + ": " + literal + ") " + FIELDS + " }", new JsonObject())
                .statusCode(200)
                .body("data.probeScalars." + argument, equalTo(answer));
    }

    @Test
    void anInputObjectComesBackExactly() {
        var input = new JsonObject()
                .put("id", "0193b6a2-1111-7000-8000-000000000001")
                .put("decimal", "12345678901234.567890")
                .put("whole", "9007199254740993")
                .put("at", "2026-07-06T15:22:47.123456Z")
                .put("day", "2026-07-06")
                .put("name", "物业");
        var answer = ask(
                "query($input: ProbeInput!) { probeInput(input: $input) " + FIELDS + " }",
                new JsonObject().put("input", input));
        answer.statusCode(200).body("$", not(hasKey("errors")));
        input.forEach(field -> answer.body("data.probeInput." + field.getKey(), equalTo(field.getValue())));
    }

    @Test
    void variablesMayBeNumbersWhereTheyAreExact() {
        ask(
                        "query($d: Decimal, $w: Long) { probeScalars(decimal: $d, whole: $w) " + FIELDS + " }",
                        new JsonObject().put("d", 1.5).put("w", 12))
                .body("data.probeScalars.decimal", equalTo("1.5"))
                .body("data.probeScalars.whole", equalTo("12"));
    }

    @Test
    void aUuidArgumentIsAnIdWithoutAnyAnnotation() {
        String id = "0193b6a2-1111-7000-8000-000000000001";
        ask(
                        "query($one: ID!, $more: [ID!]) { probeIds(one: $one, more: $more) }",
                        new JsonObject().put("one", id).put("more", new io.vertx.core.json.JsonArray().add(id)))
                .statusCode(200)
                .body("data.probeIds", equalTo(java.util.List.of(id, id)));
    }

    @Test
    void anAbsentLongTakesItsDefault() {
        ask("{ probeScalars { whole } }", new JsonObject()).body("data.probeScalars.whole", equalTo("7"));
    }

    @ParameterizedTest
    @CsvSource({
        "decimal, \"ten\"",
        "decimal, \"1e999999999\"",
        "decimal, \"NaN\"",
        "decimal, true",
        "whole, \"1.5\"",
        "whole, 9223372036854775808",
        "id, \"not-an-id\"",
        "at, \"yesterday\""
    })
    void whatIsNoneIsRefused(String argument, String literal) {
        var error = ask("{ probeScalars(" + argument + ": " + literal + ") { name } }", new JsonObject())
                .body("errors.size()", equalTo(1))
                .extract()
                .jsonPath();
        assertTrue(
                java.util.Set.of("GRAPHQL_INVALID", "VALIDATION")
                        .contains(error.getString("errors[0].extensions.code")),
                error.prettify());
    }

    private static ValidatableResponse ask(String query, JsonObject variables) {
        return given().header("Content-Type", "application/json")
                .header("Accept", "application/graphql-response+json")
                .body(new JsonObject()
                        .put("query", query)
                        .put("variables", variables)
                        .encode()
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/graphql")
                .then();
    }
}
