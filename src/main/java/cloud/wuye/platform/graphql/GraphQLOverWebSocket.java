package cloud.wuye.platform.graphql;

import cloud.wuye.platform.graphql.GatedExecution.Transport;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.smallrye.graphql.runtime.SmallRyeAuthGraphQLTransportWSSubprotocolHandler;
import io.quarkus.smallrye.graphql.runtime.SmallRyeGraphQLAbstractHandler;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Subscriptions over {@code graphql-transport-ws}. The protocol, the token in {@code connection_init} and the end at
 * the token's expiry are the framework's; {@link GuardedSocket} adds what a public socket needs besides.
 */
final class GraphQLOverWebSocket extends SmallRyeGraphQLAbstractHandler {
    private static final Logger LOG = Logger.getLogger(GraphQLOverWebSocket.class);
    private static final String PROTOCOL = "graphql-transport-ws";
    /** Where a browser puts the token, as it cannot set a header. */
    private static final Optional<String> TOKEN = Optional.of("Authorization");

    private final GraphQLConfig config;
    private final ErrorViews errors;

    GraphQLOverWebSocket(
            CurrentIdentityAssociation identity,
            CurrentVertxRequest currentRequest,
            GraphQLConfig config,
            ErrorViews errors) {
        super(identity, currentRequest, false);
        this.config = config;
        this.errors = errors;
    }

    @Override
    protected void doHandle(RoutingContext http) {
        if (!http.request().headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true)) {
            http.next();
            return;
        }
        Map<String, Object> context = getMetaData(http);
        context.put(GatedExecution.TRANSPORT, Transport.WEB_SOCKET);
        context.put(GatedExecution.LOGGED_IN, (BooleanSupplier) () -> isLoggedIn(http));
        http.request()
                .toWebSocket()
                .onSuccess(socket -> speak(socket, http, context))
                .onFailure(failure -> LOG.debug("no WebSocket after all", failure));
    }

    private void speak(ServerWebSocket socket, RoutingContext http, Map<String, Object> context) {
        if (!PROTOCOL.equals(socket.subProtocol())) {
            socket.close(GuardedSocket.NO_SUBPROTOCOL, "Speak " + PROTOCOL);
            return;
        }
        var guarded = new GuardedSocket(socket, http, config, errors);
        guarded.start(new SmallRyeAuthGraphQLTransportWSSubprotocolHandler(guarded, context, http, this, TOKEN));
    }

    private static boolean isLoggedIn(RoutingContext http) {
        return http.user() instanceof QuarkusHttpUser user
                && !user.getSecurityIdentity().isAnonymous();
    }
}
