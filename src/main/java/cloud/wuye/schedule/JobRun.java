package cloud.wuye.schedule;

import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;

/** The latest run of a job and its totals over all runs and replicas. */
@Description("The latest run of a background job, and its totals over all runs and replicas.")
public record JobRun(
        @Description("The job's name.") String job,
        @Description("The replica that ran it last.") String node,
        @Description("When the latest run began.") Instant startedAt,
        @Description("How long the latest run took, in milliseconds.") long durationMs,
        @Description("How many items the latest run dealt with.") int count,
        @Description("Why the latest run failed; absent if it did not.") String error,
        @Description("Runs so far.") long runs,
        @Description("Failed runs so far.") long failures,
        @Description("Items dealt with so far.") long total,
        @Description("When a run failed last; absent if none did.") Instant errorAt,
        @Description("Why that run failed.") String lastError) {}
