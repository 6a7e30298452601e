package cloud.wuye.testing;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;

/** A client of the GraphQL API that holds one person's token. */
public record Graph(String token) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A client with this token. */
    public static Graph as(String token) {
        return new Graph(token);
    }

    /** Sends an operation that must succeed; gives the content of {@code data}. Variables as key, value, key, value. */
    public JsonPath ask(String operation, Object... variables) {
        JsonPath answer = send(operation, variables);
        assertNull(answer.get("errors"), () -> answer.prettify());
        return answer.setRootPath("data");
    }

    /** Sends an operation that must be refused with this code; gives the whole answer. */
    public JsonPath refused(String code, String operation, Object... variables) {
        JsonPath answer = send(operation, variables);
        assertNotNull(answer.get("errors"), () -> answer.prettify());
        assertEquals(code, answer.getString("errors[0].extensions.code"), () -> answer.prettify());
        return answer;
    }

    /** Sends an operation and gives whatever comes back. */
    public JsonPath send(String operation, Object... variables) {
        return post(operation, variables).jsonPath();
    }

    /** The same, parsed once: {@link JsonPath} makes a script of every path, which is too dear for thousands of answers. */
    public JsonNode tree(String operation, Object... variables) {
        String answer = post(operation, variables).asString();
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer, e);
        }
    }

    private Response post(String operation, Object... variables) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            values.put((String) variables[i], variables[i + 1]);
        }
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("query", operation, "variables", values))
                .post("/graphql");
    }
}
