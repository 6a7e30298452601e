package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.Payload;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** The handlers of all features, each fed with what it takes. */
@ApplicationScoped
class Handlers {
    private final List<TelemetryHandler<?>> handlers;

    Handlers(@All List<TelemetryHandler<?>> handlers) {
        this.handlers = handlers;
    }

    /** Lets every handler store its share, one after the other; returns what they refused. */
    Uni<List<TelemetryHandler.Refusal>> store(SqlConnection tx, List<Received<Payload>> batch) {
        Uni<List<TelemetryHandler.Refusal>> all = Uni.createFrom().item(new ArrayList<>());
        for (TelemetryHandler<?> handler : handlers) {
            all = all.chain(refusals -> store(tx, handler, batch).map(more -> {
                refusals.addAll(more);
                return refusals;
            }));
        }
        return all;
    }

    private static <P extends Payload> Uni<List<TelemetryHandler.Refusal>> store(
            SqlConnection tx, TelemetryHandler<P> handler, List<Received<Payload>> batch) {
        List<Received<P>> share = new ArrayList<>();
        for (Received<Payload> each : batch) {
            if (handler.handles().isInstance(each.payload())) {
                share.add(each.as(handler.handles()));
            }
        }
        return share.isEmpty() ? Uni.createFrom().item(List.of()) : handler.store(tx, share);
    }
}
