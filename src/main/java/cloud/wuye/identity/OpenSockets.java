package cloud.wuye.identity;

import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantConfig;
import cloud.wuye.tenant.TenantRegistry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;

/**
 * Ends the WebSockets of a company that has been suspended. A request is refused by its token, but a socket shows its
 * token once and may then act on it for minutes.
 */
@ApplicationScoped
class OpenSockets {
    private final Vertx vertx;
    private final TenantRegistry registry;
    private final TenantConfig config;
    /** Weak: a connection that is gone leaves by itself, and nobody else's close handler is touched. */
    private final Map<HttpConnection, UUID> open = new WeakHashMap<>();

    private long timer = -1;

    OpenSockets(Vertx vertx, TenantRegistry registry, TenantConfig config) {
        this.vertx = vertx;
        this.registry = registry;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(config.registryTtl().toMillis(), tick -> endSuspended());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    /** Remembers whose connection this is, if it is (to become) a WebSocket. */
    synchronized void noteIfSocket(RoutingContext context, UUID tenantId) {
        if (context.request().headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            open.put(context.request().connection(), tenantId);
        }
    }

    private synchronized void endSuspended() {
        open.entrySet().removeIf(socket -> {
            boolean shutOut =
                    !registry.byId(socket.getValue()).map(Tenant::active).orElse(false);
            if (shutOut) {
                socket.getKey().close();
            }
            return shutOut;
        });
    }
}
