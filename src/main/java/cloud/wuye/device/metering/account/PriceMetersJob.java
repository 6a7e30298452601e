package cloud.wuye.device.metering.account;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Sees whether there is a price by now for usage that had none. */
@ApplicationScoped
class PriceMetersJob {
    private static final String JOB = "price-meters";

    private final JobRuns runs;
    private final RerateUsage rerate;

    PriceMetersJob(JobRuns runs, RerateUsage rerate) {
        this.runs = runs;
        this.rerate = rerate;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.price-meters}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, rerate::nowPriced);
    }
}
