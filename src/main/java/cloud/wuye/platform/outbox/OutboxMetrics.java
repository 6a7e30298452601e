package cloud.wuye.platform.outbox;

import cloud.wuye.platform.time.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** What an operator watches: how old the longest waiting message is, and what leaves, fails and dies. */
@ApplicationScoped
class OutboxMetrics {
    private final MeterRegistry registry;
    private final AtomicReference<Instant> oldest = new AtomicReference<>();

    OutboxMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        registry.gauge("wuye.outbox.age.seconds", oldest, waiting -> seconds(waiting.get(), clock.now()));
    }

    /** A count that appears only with its first event is one whose rise nobody sees. */
    void expect(String kind) {
        for (String what : new String[] {"delivered", "failed", "dead"}) {
            registry.counter("wuye.outbox." + what, "kind", kind);
        }
    }

    void oldest(Instant createdAt) {
        oldest.set(createdAt);
    }

    void delivered(String kind) {
        registry.counter("wuye.outbox.delivered", "kind", kind).increment();
    }

    void failed(String kind) {
        registry.counter("wuye.outbox.failed", "kind", kind).increment();
    }

    void dead(String kind) {
        registry.counter("wuye.outbox.dead", "kind", kind).increment();
    }

    private static double seconds(Instant since, Instant now) {
        return since == null ? 0 : Duration.between(since, now).toMillis() / 1000.0;
    }
}
