package cloud.wuye.platform.graphql;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row by row what the specification of GraphQL over HTTP demands, and its audit suite asks. */
@QuarkusTest
class GraphQLOverHttpTest {
    private static final String RESPONSE = "application/graphql-response+json";
    private static final String JSON = "application/json";
    private static final String TYPENAME = "{\"query\":\"{ __typename }\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    application/graphql-response+json                          | application/graphql-response+json
                    application/json                                           | application/json
                    application/json; charset=utf-8                            | application/json
                    application/graphql-response+json, application/json;q=0.9  | application/graphql-response+json
                    application/graphql-response+json;q=0.8, application/json  | application/json
                    application/json, application/graphql-response+json        | application/json
                    application/graphql-response+json;q=0, */*                 | application/json
                    application/*                                              | application/graphql-response+json
                    text/html, */*;q=0.1                                       | application/graphql-response+json
                    */*                                                        | application/graphql-response+json
                    """)
    void answersInTheBestTypeThatTheClientAccepts(String accept, String answer) {
        post(accept, TYPENAME)
                .then()
                .statusCode(200)
                .header("Content-Type", answer + "; charset=utf-8")
                .body("data.__typename", equalTo("Query"))
                .body("$", not(hasKey("errors")));
    }

    @Test
    void withoutAcceptTheAnswerIsAGraphQLResponse() throws Exception {
        // RestAssured always sends an Accept header.
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(
                        io.restassured.RestAssured.baseURI + ":" + io.restassured.RestAssured.port + "/graphql"))
                .header("Content-Type", JSON)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(TYPENAME))
                .build();
        var response = java.net.http.HttpClient.newHttpClient()
                .send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
        org.junit.jupiter.api.Assertions.assertEquals(200, response.statusCode());
        org.junit.jupiter.api.Assertions.assertEquals(
                RESPONSE + "; charset=utf-8",
                response.headers().firstValue("Content-Type").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "application/json;q=0", "image/png, text/*"})
    void refusesWhatItCannotAnswerIn(String accept) {
        post(accept, TYPENAME).then().statusCode(406).body("errors[0].extensions.code", equalTo("NOT_ACCEPTABLE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json; charset=utf-8", "application/json;charset=\"UTF-8\""})
    void takesJsonInUtf8(String contentType) {
        given().header("Content-Type", contentType)
                .header("Accept", RESPONSE)
                .body("{\"query\":\"{ probe(text: \\\"物业\\\") }\"}".getBytes(StandardCharsets.UTF_8))
                .post("/graphql")
                .then()
                .statusCode(400)
                .body("errors[0].extensions.code", equalTo("GRAPHQL_INVALID"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/graphql",
                "multipart/form-data; boundary=x",
                "application/json; charset=gbk"
            })
    void refusesOtherBodies(String contentType) {
        given().header("Content-Type", contentType)
                .header("Accept", RESPONSE)
                .body(TYPENAME.getBytes(StandardCharsets.UTF_8))
                .post("/graphql")
                .then()
                .statusCode(415)
                .body("errors[0].extensions.code", equalTo("UNSUPPORTED_MEDIA_TYPE"));
    }

    @Test
    void refusesABodyWithoutContentType() {
        given().noContentType()
                .header("Accept", RESPONSE)
                .post("/graphql")
                .then()
                .statusCode(415);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    NONSENSE                                                       | BAD_REQUEST
                    {"query":                                                      | BAD_REQUEST
                    "text"                                                         | BAD_REQUEST
                    {"qeury":"{__typename}"}                                       | BAD_REQUEST
                    {"query":null}                                                 | BAD_REQUEST
                    {"query":{"obj":"ect"}}                                        | BAD_REQUEST
                    {"query":0}                                                    | BAD_REQUEST
                    {"query":false}                                                | BAD_REQUEST
                    {"query":["array"]}                                            | BAD_REQUEST
                    {"query":"{__typename}","operationName":{"obj":"ect"}}         | BAD_REQUEST
                    {"query":"{__typename}","operationName":0}                     | BAD_REQUEST
                    {"query":"{__typename}","operationName":["array"]}             | BAD_REQUEST
                    {"query":"{__typename}","variables":"string"}                  | BAD_REQUEST
                    {"query":"{__typename}","variables":0}                         | BAD_REQUEST
                    {"query":"{__typename}","variables":["array"]}                 | BAD_REQUEST
                    {"query":"{__typename}","extensions":"string"}                 | BAD_REQUEST
                    {"query":"{__typename}","extensions":["array"]}                | BAD_REQUEST
                    []                                                             | BAD_REQUEST
                    [1]                                                            | BAD_REQUEST
                    """)
    void whatIsNoGraphQLRequestIs400InEitherType(String body, String code) {
        for (String accept : new String[] {RESPONSE, JSON}) {
            post(accept, body)
                    .then()
                    .statusCode(400)
                    .header("Content-Type", startsWith(accept))
                    .body("errors[0].extensions.code", equalTo(code))
                    .body("$", not(hasKey("data")));
        }
    }

    @Test
    void anEmptyBodyIs400() {
        given().header("Content-Type", JSON)
                .header("Accept", RESPONSE)
                .post("/graphql")
                .then()
                .statusCode(400);
    }

    @Test
    void aBodyThatIsNotUtf8Is400() {
        given().header("Content-Type", JSON)
                .header("Accept", RESPONSE)
                .body(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})
                .post("/graphql")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    {"query":"{"}                                                  | GRAPHQL_SYNTAX
                    {"query":"{ nowhere }"}                                        | GRAPHQL_INVALID
                    {"query":"{ __typename { x } }"}                               | GRAPHQL_INVALID
                    {"query":"query A {__typename} query B {__typename}"}          | OPERATION_NOT_FOUND
                    {"query":"query A {__typename}","operationName":"C"}           | OPERATION_NOT_FOUND
                    {"query":"query($n: String!) {__type(name:$n){name}}"}         | VALIDATION
                    {"query":"query($n: String!) {__type(name:$n){name}}","variables":{"n":{"a":1}}} | VALIDATION
                    {"query":"subscription {__typename}"}                          | SUBSCRIPTION_OVER_HTTP
                    """)
    void aRequestErrorIs400AsGraphQLResponseAnd200AsJson(String body, String code) {
        post(RESPONSE, body)
                .then()
                .statusCode(400)
                .body("errors[0].extensions.code", equalTo(code))
                .body("$", not(hasKey("data")));
        post(JSON, body)
                .then()
                .statusCode(200)
                .body("errors[0].extensions.code", equalTo(code))
                .body("$", not(hasKey("data")));
    }

    @Test
    void aSyntaxErrorSaysWhere() {
        post(RESPONSE, "{\"query\":\"{ a \\n  ! }\"}")
                .then()
                .statusCode(400)
                .body("errors[0].locations[0].line", equalTo(2))
                .body("errors[0].locations[0].column", equalTo(3));
    }

    @Test
    void aLineEndEndsACommentInADocument() {
        post(RESPONSE, "{\"query\":\"{ # all\\n __typename }\"}").then().statusCode(200);
        get().queryParam("query", "{ # all\n __typename }")
                .get("/graphql")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"operationName", "variables", "extensions"})
    void aParameterMayBeNull(String parameter) {
        for (String accept : new String[] {RESPONSE, JSON}) {
            post(accept, "{\"query\":\"{__typename}\",\"" + parameter + "\":null}")
                    .then()
                    .statusCode(200)
                    .body("$", not(hasKey("errors")));
        }
    }

    @Test
    void extensionsAndVariablesMayBeObjects() {
        post(RESPONSE, "{\"query\":\"{__typename}\",\"variables\":{\"a\":1},\"extensions\":{\"b\":2}}")
                .then()
                .statusCode(200);
    }

    @Test
    void getRunsTheNamedOperationWithItsVariables() {
        get().queryParam("query", "query A {__typename} query B($n: String!) {__type(name:$n){name}}")
                .queryParam("operationName", "B")
                .queryParam("variables", "{\"n\":\"PageInfo\"}")
                .get("/graphql")
                .then()
                .statusCode(200)
                .body("data.__type.name", equalTo("PageInfo"))
                .body("data.__typename", nullValue());
    }

    @Test
    void getWithoutAQueryOrWithBrokenVariablesIs400() {
        get().get("/graphql").then().statusCode(400);
        get().queryParam("query", "{__typename}")
                .queryParam("variables", "{")
                .get("/graphql")
                .then()
                .statusCode(400);
        get().queryParam("query", "{__typename}")
                .queryParam("variables", "[]")
                .get("/graphql")
                .then()
                .statusCode(400);
    }

    @Test
    void getNeverMutates() {
        for (String accept : new String[] {RESPONSE, JSON}) {
            given().header("Accept", accept)
                    .queryParam("query", "mutation {__typename}")
                    .get("/graphql")
                    .then()
                    .statusCode(405)
                    .header("Allow", "POST")
                    .body("errors[0].extensions.code", equalTo("MUTATION_OVER_GET"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void otherMethodsAreRefused(String method) {
        get().request(method, "/graphql").then().statusCode(405).header("Allow", "GET, POST, OPTIONS");
    }

    @Test
    void aBatchIsAnsweredInOrder() {
        post(RESPONSE, "[" + TYPENAME + ",{\"query\":\"{\"},{\"query\":\"mutation {__typename}\"}]")
                .then()
                .statusCode(200)
                .body("[0].data.__typename", equalTo("Query"))
                .body("[1].errors[0].extensions.code", equalTo("GRAPHQL_SYNTAX"))
                .body("[2].data.__typename", equalTo("Mutation"));
    }

    @Test
    void messagesAreChineseUnlessEnglishIsAskedFor() {
        post(RESPONSE, "{\"query\":\"{\"}").then().body("errors[0].message", startsWith("GraphQL 语法错误"));
        for (String language : new String[] {"en", "en-GB,en;q=0.9", "fr, en;q=0.5"}) {
            given().header("Accept-Language", language)
                    .header("accept", RESPONSE)
                    .contentType(JSON)
                    .body("{\"query\":\"{\"}")
                    .post("/graphql")
                    .then()
                    .body("errors[0].message", startsWith("GraphQL syntax error"));
        }
        given().header("Accept-Language", "*;;;")
                .contentType(JSON)
                .body("{\"query\":\"{\"}")
                .post("/graphql")
                .then()
                .body("errors[0].message", containsString("语法错误"));
    }

    private static RequestSpecification get() {
        return given().header("Accept", RESPONSE);
    }

    private static io.restassured.response.Response post(String accept, String body) {
        return given().header("Content-Type", JSON)
                .header("Accept", accept)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/graphql");
    }
}
