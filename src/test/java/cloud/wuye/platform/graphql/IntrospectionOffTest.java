package cloud.wuye.platform.graphql;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As in production, where the schema is not told to strangers. */
@QuarkusTest
@TestProfile(IntrospectionOffTest.Off.class)
class IntrospectionOffTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ __schema { queryType { name } } }",
                "{ __type(name: \"Query\") { name } }",
                "{ ...F } fragment F on Query { a: __schema { description } }",
                "{ ... on Query { __schema { description } } }"
            })
    void theSchemaIsNotTold(String query) {
        given().header("Content-Type", "application/json")
                .header("Accept", "application/graphql-response+json")
                .body(new JsonObject().put("query", query).encode())
                .post("/graphql")
                .then()
                .statusCode(400)
                .body("errors[0].extensions.code", equalTo("INTROSPECTION_DISABLED"));
    }

    @Test
    void typeNamesAreStillTold() {
        given().header("Content-Type", "application/json")
                .body("{\"query\":\"{ __typename }\"}")
                .post("/graphql")
                .then()
                .statusCode(200)
                .body("data.__typename", equalTo("Query"));
    }

    @Test
    void norIsItServedAsAFile() {
        given().get("/graphql/schema.graphql").then().statusCode(404);
    }

    public static class Off implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("wuye.graphql.introspection", "false");
        }
    }
}
