package cloud.wuye.platform.graphql;

import cloud.wuye.platform.problem.ProblemCode;
import graphql.ExecutionResultImpl;
import io.smallrye.graphql.JsonProviderHolder;
import io.smallrye.graphql.execution.ExecutionResponse;
import io.smallrye.graphql.websocket.GraphQLWebSocketSession;
import io.smallrye.graphql.websocket.GraphQLWebsocketHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * A WebSocket of which a stranger holds the other end: it must greet in time, speak the protocol, keep to a number of
 * operations, and read what it asked for. The framework's handler stands behind it.
 */
final class GuardedSocket implements GraphQLWebSocketSession {
    static final short NO_SUBPROTOCOL = 4406;
    private static final short BAD_MESSAGE = 4400;
    private static final short NOT_GREETED = 4408;
    private static final short TRY_AGAIN_LATER = 1013;
    private static final long FAREWELL_MILLIS = 3_000;
    private static final int UNREAD_BYTES = 1 << 20;
    private static final Logger LOG = Logger.getLogger(GuardedSocket.class);

    private final ServerWebSocket socket;
    private final Vertx vertx;
    private final HttpConnection connection;
    private final GraphQLConfig config;
    private final ErrorViews errors;
    private final Locale locale;
    private final Set<String> operations = ConcurrentHashMap.newKeySet();
    private volatile boolean greeted;
    private volatile boolean closing;
    private volatile boolean gone;

    GuardedSocket(ServerWebSocket socket, RoutingContext http, GraphQLConfig config, ErrorViews errors) {
        this.vertx = http.vertx();
        this.connection = http.request().connection();
        this.socket = socket.setWriteQueueMaxSize(UNREAD_BYTES);
        this.config = config;
        this.errors = errors;
        this.locale = Languages.of(http.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    /** Begins to listen on behalf of a handler that answers through this session. */
    void start(GraphQLWebsocketHandler handler) {
        long patience = vertx.setTimer(config.connectionInitTimeout().toMillis(), timer -> {
            if (!greeted && !isClosed()) {
                close(NOT_GREETED, "Connection initialisation timeout");
            }
        });
        socket.closeHandler(closed -> {
            gone = true;
            vertx.cancelTimer(patience);
            handler.onClose();
        });
        socket.endHandler(ended -> handler.onEnd());
        // Not the framework's onThrowable: it logs a warning with a stack trace for every client that vanishes.
        socket.exceptionHandler(failure -> LOG.debug("WebSocket broke", failure));
        socket.textMessageHandler(text -> receive(text, handler));
    }

    private void receive(String text, GraphQLWebsocketHandler handler) {
        SocketMessage message = SocketMessage.read(text);
        if (message == null) {
            close(BAD_MESSAGE, "Not a message of graphql-transport-ws");
            return;
        }
        switch (message.type()) {
            case "connection_init" -> greeted = true;
            case "subscribe" -> {
                if (operations.size() >= config.maxOperationsPerSocket() && !operations.contains(message.id())) {
                    refuse(message.id());
                    return;
                }
                operations.add(message.id());
            }
            case "complete" -> operations.remove(message.id());
            default -> {
                // ping and pong change nothing
            }
        }
        handler.onMessage(text);
    }

    private void refuse(String id) {
        var view = errors.of(ProblemCode.TOO_MANY_REQUESTS, locale, null);
        var response = new ExecutionResponse(new ExecutionResultImpl(List.of(view)));
        sendMessage(JsonProviderHolder.JSON_PROVIDER
                .createObjectBuilder()
                .add("id", id)
                .add("type", "error")
                .add("payload", response.getExecutionResultAsJsonObject().getJsonArray("errors"))
                .build()
                .toString());
    }

    @Override
    public void sendMessage(String message) {
        if (isClosed()) {
            return;
        }
        if (socket.writeQueueFull()) {
            // The framework does not wait for slow readers; what they leave unread would fill our memory.
            close(TRY_AGAIN_LATER, "Too slow");
            return;
        }
        // Events are many and long, and end nothing.
        if (!message.startsWith("{\"type\":\"next\"")) {
            forgetEnded(message);
        }
        socket.writeTextMessage(message).onFailure(failure -> LOG.debug("message lost", failure));
    }

    private void forgetEnded(String message) {
        try (var reader = JsonProviderHolder.JSON_PROVIDER.createReader(new java.io.StringReader(message))) {
            var sent = reader.readObject();
            String type = sent.getString("type");
            if (type.equals("complete") || type.equals("error")) {
                operations.remove(sent.getString("id"));
            }
        }
    }

    @Override
    public void close(short statusCode, String reason) {
        if (!isClosed()) {
            // A client that does not read does not read this either; until it is cut off nothing more is queued for it.
            closing = true;
            socket.close(statusCode, reason).onFailure(failure -> LOG.debug("already gone", failure));
            vertx.setTimer(FAREWELL_MILLIS, timer -> cutOff());
        }
    }

    /** The close frame waits behind what is unread, for ever if need be, so the connection itself has to go. */
    private void cutOff() {
        if (!gone && connection instanceof ConnectionBase tcp) {
            tcp.channel().close().addListener(done -> LOG.debug("cut off"));
        }
    }

    @Override
    public boolean isClosed() {
        return closing || socket.isClosed();
    }

    @Override
    public String toString() {
        return String.valueOf(socket.remoteAddress());
    }
}
