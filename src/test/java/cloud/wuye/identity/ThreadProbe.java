package cloud.wuye.identity;

import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Says of a request, behind the door, whether it is still on its connection's own thread. */
@ApplicationScoped
class ThreadProbe {
    static final String PATH = "/test/own-thread";

    void install(@Observes Router router) {
        router.route(PATH).handler(http -> {
            var connection = (ConnectionBase) http.request().connection();
            boolean own = connection.channelHandlerContext().executor().inEventLoop();
            http.response().end(String.valueOf(own));
        });
    }
}
