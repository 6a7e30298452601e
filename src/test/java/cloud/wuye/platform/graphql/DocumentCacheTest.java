package cloud.wuye.platform.graphql;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.schema.GraphQLSchema;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.graphql.execution.QueryCache;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DocumentCacheTest {
    @Inject
    GraphQLSchema schema;

    @Inject
    DocumentGate gate;

    @Test
    void aValidDocumentIsPreparedOnceForTheFrameworkAndTheEngine() {
        var store = new QueryCache();
        var cache = new DocumentCache(store, schema, gate);
        ExecutionInput input = input("query Once { __typename }");
        PreparsedDocumentEntry first = cache.getDocumentAsync(input, null).join();
        PreparsedDocumentEntry again = cache.getDocumentAsync(input, null).join();
        assertSame(first.getDocument(), again.getDocument());
        PreparsedDocumentEntry framework = store.getDocumentAsync(input, ignored -> {
                    throw new AssertionError("parsed again");
                })
                .join();
        assertSame(first.getDocument(), framework.getDocument());
    }

    @Test
    void anInvalidDocumentIsNotKept() {
        var store = new QueryCache();
        var cache = new DocumentCache(store, schema, gate);
        ExecutionInput input = input("query Invalid { nowhere }");
        assertTrue(cache.getDocumentAsync(input, null).join().hasErrors());
        var marker = new PreparsedDocumentEntry(gate.admit("{ __typename }").document());
        assertSame(marker, store.getDocumentAsync(input, ignored -> marker).join());
    }

    @Test
    void theStoreIsAsLargeAsConfigured() {
        assertEquals(
                String.valueOf(SchemaWiring.CACHED_DOCUMENTS),
                System.getProperty("io.smallrye.graphql.execution.queryCacheMaxSize"));
    }

    @Test
    void theRunningEngineAnswersRepeatedDocuments() {
        for (int i = 0; i < 3; i++) {
            given().header("Content-Type", "application/json")
                    .body(new JsonObject()
                            .put("query", "query Again { __typename }")
                            .encode())
                    .post("/graphql")
                    .then()
                    .body("data.__typename", equalTo("Query"));
        }
    }

    private static ExecutionInput input(String query) {
        return ExecutionInput.newExecutionInput()
                .query(query)
                .locale(Locale.ENGLISH)
                .build();
    }
}
