package cloud.wuye.identity;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** Sends GraphQL with a token. */
final class Ask {
    static final String ME = "{me{subject username name roles company{id code status}}}";

    private Ask() {}

    static ValidatableResponse graphql(String token, String document, Map<String, Object> variables) {
        return graphql(given(), token, document, variables);
    }

    /** The same with a request that has something of its own. */
    static ValidatableResponse graphql(
            RequestSpecification request, String token, String document, Map<String, Object> variables) {
        return request.auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .accept("application/json")
                .header("Accept-Language", "en")
                .body(Map.of("query", document, "variables", variables))
                .post("/graphql")
                .then();
    }

    static ValidatableResponse me(String token) {
        return graphql(token, ME, Map.of());
    }
}
