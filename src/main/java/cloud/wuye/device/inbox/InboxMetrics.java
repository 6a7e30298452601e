package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.RejectReason;
import cloud.wuye.platform.time.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What an operator wants to know of the corridor. */
@ApplicationScoped
class InboxMetrics {
    private final MeterRegistry registry;
    private final Clock clock;
    private final Timer lag;
    private final DistributionSummary batchSize;
    private final Counter ackFailures;
    private final Counter fleetingDropped;
    private final Counter onlyCounted;
    private final Map<String, Counter> messages = new ConcurrentHashMap<>();
    private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);

    InboxMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        lag = Timer.builder("wuye.ingest.lag")
                .description("From receiving a batch's oldest message to its commit")
                .serviceLevelObjectives(
                        Duration.ofMillis(20),
                        Duration.ofMillis(60),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1))
                .register(registry);
        batchSize = DistributionSummary.builder("wuye.ingest.batch.size")
                .description("Messages in one transaction")
                .register(registry);
        ackFailures = Counter.builder("wuye.ingest.ack.failures")
                .description("Messages stored whose acknowledgement came too late; the broker sends them again")
                .register(registry);
        fleetingDropped = Counter.builder("wuye.ingest.fleeting.dropped")
                .description("Live samples (QoS 0) dropped because too much waits")
                .register(registry);
        onlyCounted = Counter.builder("wuye.ingest.rejected.counted")
                .description(
                        "Refused messages that were only counted, because their sender had used up its hour's room")
                .register(registry);
        for (RejectReason reason : RejectReason.values()) {
            rejected.put(
                    reason,
                    Counter.builder("wuye.ingest.rejected")
                            .description("Messages parked")
                            .tag("reason", reason.name())
                            .register(registry));
        }
    }

    void watchBacklog(Supplier<Number> backlog) {
        Gauge.builder("wuye.ingest.backlog", backlog)
                .description("Messages received and not yet committed")
                .register(registry);
    }

    void batch(int size) {
        batchSize.record(size);
    }

    void stored(List<Arrival> batch, Stored stored) {
        lag.record(Duration.between(batch.get(0).receivedAt(), clock.now()));
        stored.kinds().forEach((kind, count) -> messages.computeIfAbsent(kind, this::counter)
                .increment(count));
        stored.parked().forEach(each -> rejected(each.reason(), 1));
    }

    void rejected(RejectReason reason, int count) {
        rejected.get(reason).increment(count);
    }

    void fleetingDropped() {
        fleetingDropped.increment();
    }

    void onlyCounted(int times) {
        onlyCounted.increment(times);
    }

    void ackFailed() {
        ackFailures.increment();
    }

    private Counter counter(String kind) {
        return Counter.builder("wuye.ingest.messages")
                .description("Messages taken")
                .tag("kind", kind)
                .register(registry);
    }
}
