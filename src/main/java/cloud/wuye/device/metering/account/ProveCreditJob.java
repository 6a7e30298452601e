package cloud.wuye.device.metering.account;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Rings for the proof of credit. */
@ApplicationScoped
class ProveCreditJob {
    private static final String JOB = "credit-proof";

    private final JobRuns runs;
    private final ProveCredit prove;

    ProveCreditJob(JobRuns runs, ProveCredit prove) {
        this.runs = runs;
        this.prove = prove;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.credit-proof}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, prove::now);
    }
}
