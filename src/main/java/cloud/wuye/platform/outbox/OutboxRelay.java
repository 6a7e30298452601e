package cloud.wuye.platform.outbox;

import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Carries outbox messages to their handlers, each kind in a lane of its own. Several instances share the table through row
 * locks and leases, so a message is in one pair of hands at once unless a lease ran out.
 */
@ApplicationScoped
public class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    private final OutboxStore store;
    private final OutboxConfig config;
    private final OutboxMetrics metrics;
    private final Clock clock;
    private final Vertx vertx;
    private final Map<String, OutboxLane> lanes = new LinkedHashMap<>();
    private volatile long poll = -1;
    private volatile long upkeep = -1;

    OutboxRelay(
            OutboxStore store,
            OutboxConfig config,
            OutboxMetrics metrics,
            Clock clock,
            Vertx vertx,
            @All List<OutboxHandler> handlers) {
        this.store = store;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
        this.vertx = vertx;
        handlers.forEach(this::open);
        lanes.keySet().forEach(metrics::expect);
        open(new Nobody(new TreeSet<>(lanes.keySet())));
    }

    private void open(OutboxHandler handler) {
        OutboxLane lane = new OutboxLane(
                () -> handler instanceof Nobody nobody
                        ? store.takeOthers(nobody.known(), config.batchSize(), config.lease())
                        : store.take(handler.kind(), config.batchSize(), config.lease()),
                handler,
                store,
                config,
                metrics,
                clock,
                vertx);
        if (lanes.put(handler.kind(), lane) != null) {
            throw new IllegalStateException("two handlers for kind " + handler.kind());
        }
    }

    void start(@Observes StartupEvent event) {
        if (config.relay()) {
            poll = vertx.setPeriodic(config.pollEvery().toMillis(), ignored -> nudge());
            upkeep();
            upkeep = vertx.setPeriodic(config.upkeepEvery().toMillis(), ignored -> upkeep());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(poll);
        vertx.cancelTimer(upkeep);
    }

    private void upkeep() {
        store.oldestPending()
                .invoke(metrics::oldest)
                .chain(() -> store.forgetSentBefore(clock.now().minus(config.keepSent())))
                .subscribe()
                .with(
                        forgotten -> LOG.debugf("forgot %d delivered messages", forgotten),
                        failure -> LOG.warnf("outbox upkeep failed, next time again: %s", failure.toString()));
    }

    /** Looks for messages now. */
    void nudge() {
        if (config.relay()) {
            lanes.values().forEach(OutboxLane::nudge);
        }
    }

    /** One round of one kind's lane: takes what is due and delivers it; the number taken. */
    Uni<Integer> round(String kind) {
        return lanes.get(kind).round();
    }

    /**
     * Stands for the handlers that are missing: those of a newer version that wrote messages before it was rolled back. They
     * wait like any other failure, become visible as dead letters, and can be sent again.
     */
    private record Nobody(Set<String> known) implements OutboxHandler {
        @Override
        public String kind() {
            return "";
        }

        @Override
        public Uni<Void> deliver(OutboxMessage message) {
            return Uni.createFrom().failure(new IllegalStateException("no handler for kind " + message.kind()));
        }
    }
}
