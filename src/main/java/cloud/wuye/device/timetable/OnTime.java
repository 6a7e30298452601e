package cloud.wuye.device.timetable;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.observe.OwnContext;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.JobRuns;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs timetables at the moment at which they are due: each pass aims the next one at the next such moment. Nothing depends on
 * it. A replica that dies with its aim, or does not know of a timetable that another has just written, leaves it to the next
 * tick; of several that aim at the same moment each takes what the others have not, as with ticks.
 */
@ApplicationScoped
class OnTime {
    private static final Logger LOG = Logger.getLogger(OnTime.class);
    /** Ticks are closer to each other, so what is due later is another pass's business. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final JobRuns runs;
    private final Db db;
    private final Timetables timetables;
    private final Clock clock;
    private final Vertx vertx;
    private final Map<String, Long> aims = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    OnTime(JobRuns runs, Db db, Timetables timetables, Clock clock, Vertx vertx) {
        this.runs = runs;
        this.db = db;
        this.timetables = timetables;
        this.clock = clock;
        this.vertx = vertx;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        aims.values().forEach(vertx::cancelTimer);
    }

    /** Runs a pass over the timetables of a purpose now, and again when the next of them is due. It never fails. */
    Uni<Void> run(String job, String purpose, Supplier<Uni<Integer>> pass) {
        Instant began = clock.now();
        return runs.run(job, pass)
                .chain(() -> db.acrossTenants(
                        "when timetables are due", tx -> timetables.nextDue(tx, purpose, began, began.plus(AHEAD))))
                .invoke(next -> {
                    if (next != null) {
                        aim(job, purpose, pass, next);
                    }
                })
                .onFailure()
                .invoke(failure -> LOG.warnf("job %s runs with its next tick: %s", job, failure.toString()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void aim(String job, String purpose, Supplier<Uni<Integer>> pass, Instant at) {
        OwnContext.apart(vertx, () -> {
            if (stopped) {
                return;
            }
            long pause = Math.max(0, Duration.between(clock.now(), at).toMillis()) + 1;
            Long before = aims.put(purpose, vertx.setTimer(pause, ignored -> run(job, purpose, pass)
                    .subscribe()
                    .with(done -> {}, failure -> LOG.errorf(failure, "job %s", job))));
            if (before != null) {
                vertx.cancelTimer(before);
            }
        });
    }
}
