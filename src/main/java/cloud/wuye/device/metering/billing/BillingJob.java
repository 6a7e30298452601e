package cloud.wuye.device.metering.billing;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes bills, and makes them overdue. */
@ApplicationScoped
class BillingJob {
    private static final String BILLING = "billing";
    private static final String OVERDUE = "bills-overdue";

    private final JobRuns runs;
    private final RunBilling billing;
    private final MarkOverdue overdue;

    BillingJob(JobRuns runs, RunBilling billing, MarkOverdue overdue) {
        this.runs = runs;
        this.billing = billing;
        this.overdue = overdue;
    }

    @Scheduled(
            identity = BILLING,
            every = "{wuye.jobs.billing}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> bill() {
        return runs.run(BILLING, billing::now);
    }

    @Scheduled(
            identity = OVERDUE,
            every = "{wuye.jobs.bills-overdue}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> markOverdue() {
        return runs.run(OVERDUE, overdue::now);
    }
}
