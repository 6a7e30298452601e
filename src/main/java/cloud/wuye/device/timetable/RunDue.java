package cloud.wuye.device.timetable;

import cloud.wuye.platform.db.DatabaseTrouble;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.observe.LogContext;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Runs the timetables that are due, many in one transaction. When a batch fails for another reason than the database's,
 * each of it is run alone, and the one at fault is looked at again in an hour: it keeps no other back.
 */
@ApplicationScoped
class RunDue {
    private static final Logger LOG = Logger.getLogger(RunDue.class);

    /** How often a pass that lost against another transaction goes again, and after which pause at first. */
    private static final int RETRIES = 3;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Db db;
    private final Timetables timetables;
    private final Clock clock;

    RunDue(Db db, Timetables timetables, Clock clock) {
        this.db = db;
        this.timetables = timetables;
        this.clock = clock;
    }

    /** What is to be done with locked timetables that are due; tells how much there was to do. */
    interface Work {
        Uni<Integer> run(SqlConnection tx, List<TimetableRow> due, Instant now);
    }

    /** Repeats the work until nothing is due; tells how much there was to do in all. */
    Uni<Integer> untilDry(String purpose, int atOnce, Work work) {
        return Batches.untilDry(() -> batch(purpose, atOnce, work));
    }

    /** The same by several passes at once, each with timetables of its own; all have ended when it fails. */
    Uni<Integer> untilDry(String purpose, int atOnce, int passes, Work work) {
        return Uni.join()
                .all(Stream.generate(() -> untilDry(purpose, atOnce, work))
                        .limit(passes)
                        .toList())
                .andCollectFailures()
                .map(counts -> counts.stream().mapToInt(Integer::intValue).sum());
    }

    private Uni<Integer> batch(String purpose, int atOnce, Work work) {
        return Uni.createFrom()
                .deferred(() -> db.acrossTenants("timetables " + purpose, tx -> {
                    Instant now = clock.now();
                    return timetables.due(tx, purpose, now, atOnce).flatMap(due -> run(tx, due, now, work));
                }))
                // Two passes may meet at the devices of two timetables that want the opposite, or one the relay at a
                // command and its switch: whoever lost goes again, after a pause that is a matter of luck.
                .onFailure(DatabaseTrouble::isContention)
                .retry()
                .withBackOff(PAUSE)
                .atMost(RETRIES)
                .onFailure(RunDue::isTheWorks)
                .recoverWithUni(failure -> {
                    LOG.warnf(failure, "timetables %s failed together, each alone now", purpose);
                    return eachAlone(purpose, work);
                });
    }

    private Uni<Integer> eachAlone(String purpose, Work work) {
        return db.acrossTenants(
                        "timetables " + purpose, tx -> timetables.dueIds(tx, purpose, clock.now(), Batches.SIZE))
                .flatMap(all -> Multi.createFrom()
                        .iterable(all)
                        .onItem()
                        .transformToUniAndConcatenate(due -> alone(due, work))
                        .collect()
                        .with(java.util.stream.Collectors.summingInt(Integer::intValue)));
    }

    private Uni<Integer> alone(Timetables.Due one, Work work) {
        Instant now = clock.now();
        return Uni.createFrom()
                .deferred(() -> db.acrossTenants(
                        "one timetable",
                        tx -> timetables.due(tx, one.id(), now).flatMap(due -> run(tx, due, now, work))))
                .onFailure(RunDue::isTheWorks)
                .recoverWithUni(failure -> {
                    LogContext.during(
                            one.tenantId(),
                            null,
                            () -> LOG.errorf(failure, "timetable %s cannot be run, in an hour again", one.id()));
                    return db.acrossTenants("one timetable", tx -> timetables.putOff(tx, List.of(one.id()), now))
                            .replaceWith(1);
                });
    }

    private static Uni<Integer> run(SqlConnection tx, List<TimetableRow> due, Instant now, Work work) {
        return due.isEmpty() ? Uni.createFrom().item(0) : work.run(tx, due, now);
    }

    private static boolean isTheWorks(Throwable failure) {
        return !DatabaseTrouble.isAway(failure) && !DatabaseTrouble.isContention(failure);
    }
}
