package cloud.wuye.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.db.Db;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A socket that is open when its company is suspended does not outlive it. */
@QuarkusTest
class SuspendedSocketTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Inject
    Db db;

    @TestHTTPResource("/graphql")
    URI graphql;

    @Test
    void openSocketsOfASuspendedCompanyEndAndNoOthers() throws Exception {
        TestTenant suspended = TestTenants.fresh();
        TestTenant other = TestTenants.fresh();
        Listener theirs = open(suspended);
        Listener others = open(other);
        db.acrossTenants("test", connection -> connection
                        .preparedQuery("UPDATE tenant SET status = 'SUSPENDED' WHERE id = $1")
                        .execute(Tuple.of(suspended.id()))
                        .replaceWithVoid())
                .await()
                .atMost(PATIENCE);
        Awaitility.await().atMost(PATIENCE).until(theirs.ended::isDone);
        assertFalse(others.ended.isDone());
        others.socket.sendText("{\"type\":\"ping\"}", true).join();
        assertFalse(others.ended.isDone());
    }

    private Listener open(TestTenant company) throws Exception {
        Listener listener = new Listener();
        listener.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .buildAsync(URI.create(graphql.toString().replaceFirst("http", "ws")), listener)
                .get();
        JsonObject greeting = new JsonObject()
                .put("type", "connection_init")
                .put("payload", new JsonObject().put("Authorization", "Bearer " + company.manager()));
        listener.socket.sendText(greeting.encode(), true).join();
        assertTrue(listener.first.get().contains("connection_ack"));
        return listener;
    }

    private static final class Listener implements WebSocket.Listener {
        private final CompletableFuture<String> first = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            first.complete(data.toString());
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            ended.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            ended.complete(null);
        }
    }
}
