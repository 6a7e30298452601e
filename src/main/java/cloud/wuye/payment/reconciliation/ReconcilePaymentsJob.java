package cloud.wuye.payment.reconciliation;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks for days of payment channels that are to be reconciled. */
@ApplicationScoped
class ReconcilePaymentsJob {
    private static final String JOB = "reconcile-payments";

    private final JobRuns runs;
    private final ReconcilePayments reconcile;

    ReconcilePaymentsJob(JobRuns runs, ReconcilePayments reconcile) {
        this.runs = runs;
        this.reconcile = reconcile;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.reconcile-payments}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, reconcile::sweep);
    }
}
