package cloud.wuye.schedule;

import cloud.wuye.platform.retention.ForgetOldRows;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Clears away what is older than it is kept. */
@ApplicationScoped
class RetentionJob {
    private static final String JOB = "retention";

    private final JobRuns runs;
    private final ForgetOldRows old;

    RetentionJob(JobRuns runs, ForgetOldRows old) {
        this.runs = runs;
        this.old = old;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.retention}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, old::run);
    }
}
