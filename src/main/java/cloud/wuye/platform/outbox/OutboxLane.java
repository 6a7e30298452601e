package cloud.wuye.platform.outbox;

import cloud.wuye.platform.observe.LogContext;
import cloud.wuye.platform.observe.OwnContext;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
     * One round: takes what is due and delivers it; the number taken. All that was taken sets out at once, those of a company
     * together, and has three quarters of a lease to arrive, so nothing is still in hand when the lease ends and another
     * instance takes it over.
     */
    Uni<Integer> round() {
        return take.get()
                .chain(messages -> messages.isEmpty()
                        ? Uni.createFrom().item(0)
                        : Multi.createFrom()
                                .iterable(companies(messages))
                                .onItem()
                                .transformToMulti(this::together)
                                .merge(config.batchSize())
                                .select()
                                .where(OutboxMessage.class::isInstance)
                                .map(m -> ((OutboxMessage) m).seq())
                                .collect()
                                .asList()
                                .chain(store::sent)
                                .replaceWith(messages.size()));
    }

    private static Collection<List<OutboxMessage>> companies(List<OutboxMessage> messages) {
        return messages.stream()
                .collect(Collectors.groupingBy(OutboxMessage::tenantId, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    /** For each of a company's messages itself when delivered, anything else when not. */
    private Multi<Object> together(List<OutboxMessage> messages) {
        if (messages.size() == 1) {
            return alone(messages.get(0)).toMulti();
        }
        return on(messages.get(0).tenantId(), null, () -> handler.begin(messages)
                        .ifNoItem()
                        .after(config.lease().dividedBy(4))
                        .fail())
                .map(Optional::of)
                .onFailure()
                .invoke(failure -> LOG.debugf("each outbox message alone now: %s", failure.toString()))
                .onFailure()
                .recoverWithItem(Optional.empty())
                .onItem()
                .transformToMulti(rest -> each(messages, rest));
    }

    private Multi<Object> each(List<OutboxMessage> messages, Optional<List<Uni<Void>>> rest) {
        return Multi.createFrom()
                .range(0, messages.size())
                .onItem()
                .transformToUni(i -> rest.map(begun -> delivered(messages.get(i), () -> begun.get(i)))
                        .orElseGet(() -> alone(messages.get(i))))
                .merge(config.batchSize());
    }

    private Uni<Object> alone(OutboxMessage message) {
        return delivered(message, () -> handler.begin(List.of(message)).flatMap(rest -> rest.get(0)));
    }

    private <T> Uni<T> on(UUID tenantId, String traceId, Supplier<Uni<T>> work) {
        return OwnContext.run(vertx, own -> {}, () -> {
            LogContext.enter(tenantId, traceId);
            return work.get();
        });
    }

    private Uni<Object> delivered(OutboxMessage message, Supplier<Uni<Void>> delivery) {
        return on(message.tenantId(), message.traceId(), () -> Uni.createFrom()
                .deferred(delivery::get)
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
                        .replaceWith(Boolean.FALSE)));
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
