package cloud.wuye.leak;

import cloud.wuye.platform.graphql.GraphQLSocket;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Listens to every subscription of the schema at once, each with all the given ids. */
final class Ears implements AutoCloseable {
    private final Map<String, GraphQLSocket> sockets = new TreeMap<>();

    private Ears() {}

    static Ears open(String token, Collection<RootField> subscriptions, Collection<String> ids)
            throws InterruptedException {
        Ears ears = new Ears();
        for (RootField field : subscriptions) {
            GraphQLSocket socket = GraphQLSocket.greeted(token);
            ears.sockets.put(field.name(), socket);
            int number = 0;
            for (String document : field.documents(ids, Samples.ALL)) {
                socket.subscribe(String.valueOf(number++), document);
            }
        }
        return ears;
    }

    /** What each subscription said since it was last asked. */
    Map<String, List<JsonObject>> heard() {
        Map<String, List<JsonObject>> heard = new TreeMap<>();
        sockets.forEach((field, socket) -> heard.put(field, new ArrayList<>(socket.heard())));
        return heard;
    }

    @Override
    public void close() {
        sockets.values().forEach(GraphQLSocket::close);
    }
}
