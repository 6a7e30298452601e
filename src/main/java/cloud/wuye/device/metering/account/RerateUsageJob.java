package cloud.wuye.device.metering.account;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Charges anew what late news changed. */
@ApplicationScoped
class RerateUsageJob {
    private static final String JOB = "rerate-usage";

    private final JobRuns runs;
    private final RerateUsage rerate;

    RerateUsageJob(JobRuns runs, RerateUsage rerate) {
        this.runs = runs;
        this.rerate = rerate;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.rerate-usage}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, rerate::now);
    }
}
