package cloud.wuye.platform.graphql;

import cloud.wuye.platform.json.Json;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Puts our handlers before the framework's. */
@ApplicationScoped
class GraphQLRoutes {
    /** Where GraphQL is. */
    static final String PATH = "/graphql";

    /** After authentication (-200); before the framework's WebSocket upgrade (-99). */
    private static final int UPGRADE_ORDER = -100;
    /** Before the framework's HTTP handler. */
    private static final int ORDER = -90;

    private final GraphQLConfig config;
    private final ErrorViews errors;
    private final CurrentIdentityAssociation identity;
    private final CurrentVertxRequest currentRequest;
    private final Json json;

    GraphQLRoutes(
            GraphQLConfig config,
            ErrorViews errors,
            CurrentIdentityAssociation identity,
            CurrentVertxRequest currentRequest,
            Json json) {
        this.config = config;
        this.errors = errors;
        this.identity = identity;
        this.currentRequest = currentRequest;
        this.json = json;
    }

    void install(@Observes Router router) {
        router.route(PATH)
                .order(UPGRADE_ORDER)
                .handler(new GraphQLOverWebSocket(identity, currentRequest, config, errors));
        var protocol = new GraphQLOverHttp(identity, currentRequest, config, errors, json);
        router.route(PATH)
                .order(ORDER)
                .handler(BodyHandler.create(false).setBodyLimit(config.maxRequestBytes()))
                .handler(protocol)
                .failureHandler(protocol::failed);
        router.route(PATH + "/schema.graphql").order(ORDER).handler(http -> {
            if (config.introspection()) {
                http.next();
            } else {
                http.response().setStatusCode(404).end();
            }
        });
    }
}
