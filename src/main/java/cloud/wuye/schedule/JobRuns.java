package cloud.wuye.schedule;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Runs the work of a tick and notes how it went: the one place that knows when each job ran last, and how it ended. */
@ApplicationScoped
public class JobRuns {
    private static final Logger LOG = Logger.getLogger(JobRuns.class);
    private static final int LONGEST_ERROR = 1_000;
    private static final String NOTE =
            """
            INSERT INTO job_run AS j (job, node, started_at, duration_ms, count, error, runs, failures, total, error_at, last_error)
            VALUES ($1, $2, $3::timestamptz, $4, $5::int, $6::text, 1, $7, $5::int, CASE WHEN $6::text IS NOT NULL THEN $3::timestamptz END, $6::text)
            ON CONFLICT (job) DO UPDATE SET
              node = excluded.node, started_at = excluded.started_at, duration_ms = excluded.duration_ms,
              count = excluded.count, error = excluded.error,
              runs = j.runs + 1, failures = j.failures + excluded.failures, total = j.total + excluded.total,
              error_at = coalesce(excluded.error_at, j.error_at), last_error = coalesce(excluded.last_error, j.last_error)""";

    private final Db db;
    private final Clock clock;
    private final String node;

    JobRuns(Db db, Clock clock, @ConfigProperty(name = "wuye.node", defaultValue = "${HOSTNAME:local}") String node) {
        this.db = db;
        this.clock = clock;
        this.node = node + "-" + ProcessHandle.current().pid();
    }

    /**
     * Runs one tick of a job. It never fails: an error is logged and noted, and the next tick tries again.
     *
     * @param work does what is due and tells how many items that were
     */
    public Uni<Void> run(String job, Supplier<Uni<Integer>> work) {
        Instant started = clock.now();
        long from = System.nanoTime();
        return Uni.createFrom()
                .<Integer>deferred(work::get)
                .onItemOrFailure()
                .transformToUni((count, error) -> {
                    if (error != null) {
                        LOG.errorf(error, "job %s failed", job);
                    }
                    Duration took = Duration.ofNanos(System.nanoTime() - from);
                    return note(job, started, took, count == null ? 0 : count, error);
                })
                .onFailure()
                .invoke(error -> LOG.errorf(error, "the run of job %s could not be noted", job))
                .onFailure()
                .recoverWithNull();
    }

    /** Every job that ever ran, by name. */
    public Uni<List<JobRun>> all() {
        return db.acrossTenants("the platform operator's view of jobs", connection -> connection
                .query("SELECT * FROM job_run ORDER BY job")
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(JobRuns::of)
                        .toList()));
    }

    /** When each job's latest run began, by name. */
    Uni<Map<String, Instant>> starts() {
        return all().map(found -> found.stream().collect(Collectors.toMap(JobRun::job, JobRun::startedAt)));
    }

    private Uni<Void> note(String job, Instant started, Duration took, int count, Throwable error) {
        String text = error == null ? null : shortened(error.toString());
        return db.acrossTenants("the log of job runs", connection -> connection
                .preparedQuery(NOTE)
                .execute(Tuple.from(new Object[] {
                    job, node, started.atOffset(ZoneOffset.UTC), took.toMillis(), count, text, text == null ? 0 : 1
                }))
                .replaceWithVoid());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR);
    }

    private static JobRun of(Row row) {
        var errorAt = row.getOffsetDateTime("error_at");
        return new JobRun(
                row.getString("job"),
                row.getString("node"),
                row.getOffsetDateTime("started_at").toInstant(),
                row.getLong("duration_ms"),
                row.getInteger("count"),
                row.getString("error"),
                row.getLong("runs"),
                row.getLong("failures"),
                row.getLong("total"),
                errorAt == null ? null : errorAt.toInstant(),
                row.getString("last_error"));
    }
}
