package cloud.wuye.platform.outbox;

import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Carries outbox messages to their handlers. One round at a time per instance; several instances share the table
 * through row locks and leases, so a message is in one pair of hands at once unless a lease ran out.
 */
@ApplicationScoped
public class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    private final OutboxStore store;
    private final OutboxConfig config;
    private final OutboxMetrics metrics;
    private final Clock clock;
    private final Vertx vertx;
    private final Map<String, OutboxHandler> handlers;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean nudged = new AtomicBoolean();
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
        this.handlers = handlers.stream().collect(Collectors.toMap(OutboxHandler::kind, Function.identity()));
        this.handlers.keySet().forEach(metrics::expect);
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

    /** Looks for messages now; a nudge during a round leads to one more round. */
    void nudge() {
        if (!config.relay()) {
            return;
        }
        nudged.set(true);
        if (running.compareAndSet(false, true)) {
            vertx.getOrCreateContext().runOnContext(ignored -> rounds());
        }
    }

    private void rounds() {
        nudged.set(false);
        round().subscribe().with(this::afterRound, failure -> {
            LOG.warnf("outbox round failed, next at the next poll: %s", failure.toString());
            running.set(false);
        });
    }

    private void afterRound(int delivered) {
        if (delivered > 0 || nudged.get()) {
            rounds();
            return;
        }
        running.set(false);
    }

    /** One round: takes what is due and delivers it; the number taken. */
    Uni<Integer> round() {
        return store.take(config.batchSize(), config.lease())
                .chain(messages -> messages.isEmpty()
                        ? Uni.createFrom().item(0)
                        : Multi.createFrom()
                                .iterable(messages)
                                .onItem()
                                .transformToUni(this::deliver)
                                .merge(32)
                                .select()
                                .where(OutboxMessage.class::isInstance)
                                .map(m -> ((OutboxMessage) m).seq())
                                .collect()
                                .asList()
                                .chain(store::sent)
                                .replaceWith(messages.size()));
    }

    /** The message when delivered, anything else when not. */
    private Uni<Object> deliver(OutboxMessage message) {
        OutboxHandler handler = handlers.get(message.kind());
        Uni<Void> delivery = handler == null
                ? Uni.createFrom().failure(new IllegalStateException("no handler for kind " + message.kind()))
                : Uni.createFrom().deferred(() -> handler.deliver(message));
        return delivery.ifNoItem()
                .after(config.lease().dividedBy(2))
                .fail()
                .<Object>replaceWith(message)
                .invoke(() -> metrics.delivered(message.kind()))
                .onFailure()
                .recoverWithUni(failure -> failed(message, failure).replaceWith(Boolean.FALSE));
    }

    private Uni<Void> failed(OutboxMessage message, Throwable failure) {
        String error = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        if (failure instanceof OutboxHandler.DoNotRetry || message.attempts() >= config.maxAttempts()) {
            LOG.errorf("outbox message %s of kind %s is dead: %s", message.id(), message.kind(), error);
            metrics.dead(message.kind());
            return store.dead(message.seq(), error);
        }
        LOG.debugf("outbox message %s will be tried again: %s", message.id(), error);
        metrics.failed(message.kind());
        return store.again(message.seq(), clock.now().plus(backOff(message.attempts())), error);
    }

    private Duration backOff(int attempts) {
        long factor = 1L << Math.min(attempts - 1, 20);
        Duration pause = config.firstBackOff().multipliedBy(factor);
        return pause.compareTo(config.longestBackOff()) > 0 ? config.longestBackOff() : pause;
    }
}
