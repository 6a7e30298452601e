package cloud.wuye.schedule;

import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Rings for jobs that share a trigger, those of one bell one after another. When each ran last stands in the log of runs, which
 * all replicas share: whichever has the tick runs what is due by it, and a run that was cut short is not in it and so comes
 * again with the next tick.
 */
@ApplicationScoped
class SharedBells {
    private static final Logger LOG = Logger.getLogger(SharedBells.class);
    private static final String OFF = "off";
    /** Of a period; so much too early a job is run rather than a whole tick too late. */
    private static final int SLACK = 10;

    private final JobRuns runs;
    private final Clock clock;
    private final Map<Bell, List<SharedJob>> jobs;
    private final Config config;

    SharedBells(JobRuns runs, Clock clock, @All List<SharedJob> jobs, Config config) {
        this.runs = runs;
        this.clock = clock;
        this.jobs = jobs.stream()
                .sorted(Comparator.comparing(SharedJob::name))
                .collect(Collectors.groupingBy(SharedJob::bell, () -> new EnumMap<>(Bell.class), Collectors.toList()));
        this.config = config;
    }

    @Scheduled(
            identity = "proofs",
            every = "{wuye.jobs.proofs}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> proofs() {
        return ring(Bell.PROOFS);
    }

    @Scheduled(
            identity = "accounts",
            every = "{wuye.jobs.accounts}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> accounts() {
        return ring(Bell.ACCOUNTS);
    }

    @Scheduled(
            identity = "upkeep",
            every = "{wuye.jobs.upkeep}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> upkeep() {
        return ring(Bell.UPKEEP);
    }

    /** Runs the jobs of a bell that are due, one after another. It never fails. */
    Uni<Void> ring(Bell bell) {
        return runs.starts()
                .chain(starts -> run(bell, starts))
                .onFailure()
                .invoke(failure -> LOG.errorf(failure, "nobody knows which of the %s are due", bell))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> run(Bell bell, Map<String, Instant> starts) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (SharedJob job : jobs.getOrDefault(bell, List.of())) {
            Instant last = starts.get(job.name());
            if (period(job).filter(period -> isDue(last, period)).isPresent()) {
                all = all.chain(() -> runs.run(job.name(), job::run));
            }
        }
        return all;
    }

    private boolean isDue(Instant last, Duration period) {
        return last == null || !clock.now().isBefore(last.plus(period).minus(period.dividedBy(SLACK)));
    }

    /** Empty when it is off. */
    private Optional<Duration> period(SharedJob job) {
        String key = "wuye.jobs." + job.name();
        return OFF.equals(config.getValue(key, String.class))
                ? Optional.empty()
                : Optional.of(config.getValue(key, Duration.class));
    }
}
