package cloud.wuye.platform.outbox;

import cloud.wuye.platform.observe.LogContext;
import cloud.wuye.platform.observe.OwnContext;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The messages of one kind on their way to their handler, one round at a time. Each kind has a lane of its own, so that a
 * payment channel that takes its time does not keep the light off.
 */
final class OutboxLane {
    private static final Logger LOG = Logger.getLogger(OutboxLane.class);

    private final Supplier<Uni<List<OutboxMessage>>> take;
    private final OutboxHandler handler;
    private final OutboxStore store;
    private final OutboxConfig config;
    private final OutboxMetrics metrics;
    private final Clock clock;
    private final Vertx vertx;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean nudged = new AtomicBoolean();

    /** @param take takes up to a batch of the lane's messages that are due */
    OutboxLane(
            Supplier<Uni<List<OutboxMessage>>> take,
            OutboxHandler handler,
            OutboxStore store,
            OutboxConfig config,
            OutboxMetrics metrics,
            Clock clock,
            Vertx vertx) {
        this.take = take;
        this.handler = handler;
        this.store = store;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
        this.vertx = vertx;
    }

    /** Looks for messages now; a nudge during a round leads to one more round. */
    void nudge() {
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

    private void afterRound(int taken) {
        if (taken > 0 || nudged.get()) {
            rounds();
            return;
        }
        running.set(false);
    }

    /**
     * One round: takes what is due and delivers it; the number taken. All that was taken sets out at once and has half a
     * lease to arrive, so nothing is still in hand when the lease ends and another instance takes it over.
     */
    Uni<Integer> round() {
        return take.get()
                .chain(messages -> messages.isEmpty()
                        ? Uni.createFrom().item(0)
                        : Multi.createFrom()
                                .iterable(messages)
                                .onItem()
                                .transformToUni(this::deliver)
                                .merge(config.batchSize())
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
        return OwnContext.run(vertx, own -> {}, () -> {
            LogContext.enter(message.tenantId(), message.traceId());
            return delivered(message);
        });
    }

    private Uni<Object> delivered(OutboxMessage message) {
        return Uni.createFrom()
                .deferred(() -> handler.deliver(message))
                .ifNoItem()
                .after(config.lease().dividedBy(2))
                .fail()
                .<Object>replaceWith(message)
                .invoke(() -> metrics.delivered(message.kind()))
                .onFailure()
                .recoverWithUni(failure -> failed(message, failure)
                        // Not noted: it comes again when the lease ends. Those that arrived are noted all the same.
                        .onFailure()
                        .invoke(e -> LOG.warnf("outbox message %s: %s", message.id(), e.toString()))
                        .onFailure()
                        .recoverWithNull()
                        .replaceWith(Boolean.FALSE));
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
