package cloud.wuye.identity;

import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;

/** A path that says of a request, behind the door, whether it is still on its connection's own thread. It is there until closed. */
record ThreadProbe(Route route) implements AutoCloseable {
    static final String PATH = "/test/own-thread";

    static ThreadProbe in(Router router) {
        return new ThreadProbe(router.route(PATH).handler(http -> {
            var connection = (ConnectionBase) http.request().connection();
            boolean own = connection.channelHandlerContext().executor().inEventLoop();
            http.response().end(String.valueOf(own));
        }));
    }

    @Override
    public void close() {
        route.remove();
    }
}
