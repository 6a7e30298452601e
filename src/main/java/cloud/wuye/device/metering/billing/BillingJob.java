package cloud.wuye.device.metering.billing;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes bills. */
@ApplicationScoped
class BillingJob {
    private static final String JOB = "billing";

    private final JobRuns runs;
    private final RunBilling billing;

    BillingJob(JobRuns runs, RunBilling billing) {
        this.runs = runs;
        this.billing = billing;
    }

    @Scheduled(identity = JOB, every = "{wuye.jobs.billing}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, billing::now);
    }
}
