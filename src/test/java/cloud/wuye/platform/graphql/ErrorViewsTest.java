package cloud.wuye.platform.graphql;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cloud.wuye.platform.graphql.probe.ProbeProfile;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ProbeProfile.class)
class ErrorViewsTest {
    @Inject
    Pool pool;

    @Test
    void aProblemGivesItsCodeFieldAndTextInTheReadersLanguage() {
        ask("{ probeFailure(kind: \"problem\") }")
                .statusCode(200)
                .body("data.probeFailure", equalTo(null))
                .body("errors.size()", equalTo(1))
                .body("errors[0].message", equalTo("当前状态 RETIRED 不允许此操作"))
                .body("errors[0].path", equalTo(java.util.List.of("probeFailure")))
                .body("errors[0].extensions.code", equalTo("ILLEGAL_STATE"))
                .body("errors[0].extensions.classification", equalTo("CONFLICT"))
                .body("errors[0].extensions.field", equalTo("device.state"))
                .body("errors[0].extensions", not(hasKey("traceId")));
        given().header("Accept-Language", "en")
                .contentType("application/json")
                .body(new JsonObject()
                        .put("query", "{ probeFailure(kind: \"problem\") }")
                        .encode())
                .post("/graphql")
                .then()
                .body("errors[0].message", equalTo("Not allowed in state RETIRED"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ probeFailure(kind: \"crash\") }",
                "{ probeFailure(kind: \"checked\") }",
                "{ probeThrows(kind: \"crash\") }",
                "{ probeThrows(kind: \"checked\") }",
                "{ probeList { broken } }",
                "{ probeNothing }"
            })
    void whatNobodyForesawIsInternalWithATraceIdAndNothingElse(String query) {
        String answer = ask(query)
                .statusCode(200)
                .body("errors[0].message", containsString("系统错误"))
                .body("errors[0].extensions.code", equalTo("INTERNAL"))
                .body("errors[0].extensions.traceId", matchesPattern("[0-9a-f]{16,32}"))
                .extract()
                .asString();
        assertFalse(answer.contains("jdbc") || answer.contains("Exception") || answer.contains("java"), answer);
    }

    /** The field that must not be null is null because of its argument, which is said already. */
    @Test
    void anArgumentThatCannotBeReadIsOneErrorAndNotOurs() {
        given().auth()
                .oauth2(TestTenants.create("errors").manager())
                .header("Accept-Language", "en")
                .contentType("application/json")
                .body(new JsonObject()
                        .put("query", "mutation { retryRefund(id: \"abc\") { id } }")
                        .encode())
                .post("/graphql")
                .then()
                .body("errors.size()", equalTo(1))
                .body("errors[0].extensions.code", equalTo("VALIDATION"))
                .body("errors[0].extensions.field", equalTo("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ probeFailure(kind: \"away\") }", "{ probeThrows(kind: \"away\") }"})
    void aDatabaseThatIsAwayIsUnavailable(String query) {
        ask(query)
                .statusCode(200)
                .body("errors[0].extensions.code", equalTo("UNAVAILABLE"))
                .body("errors[0].message", equalTo("服务暂时不可用，请稍后重试"));
    }

    /** What PostgreSQL does to its connections when it is stopped. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDatabaseThatGoesAwayInTheMiddleIsUnavailable(boolean hibernate) throws Exception {
        String token = TestTenants.create("errors").manager();
        var answer = CompletableFuture.supplyAsync(() -> as(token, "{ probeSleep(hibernate: " + hibernate + ") }"));
        Awaitility.await().until(() -> pool.query(
                        "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user"
                                + " and pid <> pg_backend_pid() and query like 'select pg_sleep%' and state = 'active'")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .hasNext());
        answer.get(10, TimeUnit.SECONDS).body("errors[0].extensions.code", equalTo("UNAVAILABLE"));
    }

    @Test
    void deniedCallersLearnWhetherToLogInOrToGiveUp() {
        var tenant = TestTenants.create("errors");
        ask("{ probeManager }").body("errors[0].extensions.code", equalTo("UNAUTHENTICATED"));
        as(tenant.resident(), "{ probeManager }").body("errors[0].extensions.code", equalTo("FORBIDDEN"));
        as(tenant.manager(), "{ probeManager }").body("data.probeManager", equalTo("lin"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {probeInput(input:{name:" "}) {name}}                                     | input.name
                    {probeInput(input:{name:"a", parts:[{amount:1},{amount:-1}]}) {name}}     | input.parts.1.amount
                    {probeScalars(name:"too long") {name}}                                    | name
                    """)
    void aViolatedConstraintNamesItsField(String query, String field) {
        ask(query)
                .statusCode(200)
                .body("errors.size()", equalTo(1))
                .body("errors[0].extensions.code", equalTo("VALIDATION"))
                .body("errors[0].extensions.field", equalTo(field))
                .body("errors[0].message", containsString("输入有误"));
    }

    @Test
    void everyViolatedConstraintIsAnErrorOfItsOwn() {
        ask("{probeInput(input:{name:\"\", parts:[{amount:0}]}) {name}}")
                .body("errors.extensions.field", containsInAnyOrder("input.name", "input.parts.0.amount"));
    }

    @Test
    void oneFailedFieldLeavesTheOthers() {
        ask("{ ok: probeList(first: 1) { name } bad: probeFailure(kind: \"crash\") }")
                .statusCode(200)
                .body("data.ok[0].name", equalTo("n0"))
                .body("data.bad", equalTo(null))
                .body("errors.size()", equalTo(1));
    }

    static ValidatableResponse ask(String query) {
        return as(null, query);
    }

    static ValidatableResponse as(String token, String query) {
        var request = given().header("Content-Type", "application/json")
                .header("Accept", "application/graphql-response+json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.body(new JsonObject().put("query", query).encode())
                .post("/graphql")
                .then();
    }
}
