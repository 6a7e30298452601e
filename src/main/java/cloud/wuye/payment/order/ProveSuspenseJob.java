package cloud.wuye.payment.order;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Rings for the proof of suspense. */
@ApplicationScoped
class ProveSuspenseJob {
    private static final String JOB = "suspense-proof";

    private final JobRuns runs;
    private final ProveSuspense prove;

    ProveSuspenseJob(JobRuns runs, ProveSuspense prove) {
        this.runs = runs;
        this.prove = prove;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.suspense-proof}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, prove::now);
    }
}
