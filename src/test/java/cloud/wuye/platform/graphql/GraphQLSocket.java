package cloud.wuye.platform.graphql;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of {@code graphql-transport-ws}, as a browser is one: it cannot set headers. */
public final class GraphQLSocket implements AutoCloseable {
    private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private volatile boolean reading = true;

    private GraphQLSocket(String service, String subprotocol, String language) {
        var builder = HttpClient.newHttpClient().newWebSocketBuilder().subprotocols(subprotocol);
        if (language != null) {
            builder.header("Accept-Language", language);
        }
        socket = builder.buildAsync(URI.create(service.replace("http", "ws") + "/graphql"), new Listener())
                .join();
    }

    public static GraphQLSocket open() {
        return new GraphQLSocket(underTest(), "graphql-transport-ws", null);
    }

    public static GraphQLSocket openInEnglish() {
        return new GraphQLSocket(underTest(), "graphql-transport-ws", "en");
    }

    /** Opens and greets with this token, or without one, and waits for the acknowledgement. */
    public static GraphQLSocket greeted(String token) throws InterruptedException {
        return greeted(underTest(), token);
    }

    /** The same at a service that runs by itself. */
    public static GraphQLSocket greeted(String service, String token) throws InterruptedException {
        var socket = new GraphQLSocket(service, "graphql-transport-ws", null);
        socket.init(token);
        if (!"connection_ack".equals(socket.next().getString("type"))) {
            throw new AssertionError("not acknowledged");
        }
        return socket;
    }

    private static String underTest() {
        return RestAssured.baseURI + ":" + RestAssured.port;
    }

    public void init(String token) {
        var message = new JsonObject().put("type", "connection_init");
        if (token != null) {
            message.put("payload", new JsonObject().put("Authorization", "Bearer " + token));
        }
        send(message);
    }

    public void subscribe(String id, String query) {
        send(new JsonObject()
                .put("type", "subscribe")
                .put("id", id)
                .put("payload", new JsonObject().put("query", query)));
    }

    public void complete(String id) {
        send(new JsonObject().put("type", "complete").put("id", id));
    }

    void send(JsonObject message) {
        sendText(message.encode());
    }

    void sendText(String text) {
        socket.sendText(text, true).join();
    }

    /** The next message that is not a ping. */
    public JsonObject next() throws InterruptedException {
        return next(Duration.ofSeconds(10));
    }

    public JsonObject next(Duration within) throws InterruptedException {
        while (true) {
            JsonObject message = messages.poll(within.toMillis(), TimeUnit.MILLISECONDS);
            if (message == null) {
                throw new AssertionError("nothing came; closed: " + closed.getNow(null));
            }
            if (!"ping".equals(message.getString("type"))) {
                return message;
            }
        }
    }

    /** All that has come by now and was not asked for yet, without pings. */
    public List<JsonObject> heard() {
        List<JsonObject> heard = new ArrayList<>();
        messages.drainTo(heard);
        heard.removeIf(message -> "ping".equals(message.getString("type")));
        return heard;
    }

    public boolean isSilentFor(Duration time) throws InterruptedException {
        JsonObject message = messages.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        return message == null || "ping".equals(message.getString("type"));
    }

    /** From the next message on nothing is read any more, though the connection stands. */
    void stopReading() {
        reading = false;
    }

    void drain() {
        messages.clear();
    }

    /** The status the service closes the socket with. */
    int closeCode(Duration within) throws InterruptedException, ExecutionException, TimeoutException {
        return closed.get(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(new JsonObject(text.toString()));
                text.setLength(0);
            }
            if (reading) {
                webSocket.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
