package cloud.wuye.platform.retention;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Removes what is older than its kind is kept, in small transactions. */
@ApplicationScoped
public class ForgetOldRows {
    /** So that one tick ends: what is left waits for the next. */
    private static final int MOST_BATCHES = 1_000;

    private final Map<String, OldRows> kinds = new TreeMap<>();
    private final Db db;
    private final Clock clock;
    private final RetentionConfig config;
    private final MeterRegistry meters;

    ForgetOldRows(@All List<OldRows> kinds, Db db, Clock clock, RetentionConfig config, MeterRegistry meters) {
        kinds.forEach(each -> this.kinds.put(each.kind(), each));
        this.db = db;
        this.clock = clock;
        this.config = config;
        this.meters = meters;
    }

    /** A word nobody knows would keep for ever what somebody wants gone, and an age that is too small would not be kept to. */
    void check(@Observes StartupEvent event) {
        config.keep().forEach((kind, age) -> {
            if (!kinds.containsKey(kind)) {
                throw new IllegalArgumentException("wuye.retention.keep." + kind + ": there is no such kind; there are "
                        + new TreeSet<>(kinds.keySet()));
            }
            Duration least = kinds.get(kind).least();
            if (age.compareTo(least) < 0) {
                throw new IllegalArgumentException(
                        "wuye.retention.keep." + kind + ": at least " + least.toDays() + "d");
            }
        });
    }

    /**
     * Removes what is due of every kind; one that fails keeps no other back.
     *
     * @return how many rows, or of whole partitions how many, are gone
     */
    public Uni<Integer> run() {
        Instant now = clock.now();
        return Uni.join()
                .all(kinds.values().stream()
                        .filter(kind -> config.keep().containsKey(kind.kind()))
                        .map(kind -> forget(kind, now.minus(config.keep().get(kind.kind())), 0, 0))
                        .toList())
                .usingConcurrencyOf(1)
                .andCollectFailures()
                .map(counts -> counts.stream().mapToInt(Integer::intValue).sum());
    }

    private Uni<Integer> forget(OldRows kind, Instant before, int gone, int rounds) {
        return Uni.createFrom()
                .deferred(() -> db.acrossTenants("retention", tx -> kind.forget(tx, before, config.batchSize())))
                .invoke(count -> meters.counter("wuye.retention.removed", "kind", kind.kind())
                        .increment(count))
                .chain(count -> count == 0 || rounds >= MOST_BATCHES
                        ? Uni.createFrom().item(gone + count)
                        : forget(kind, before, gone + count, rounds + 1));
    }
}
