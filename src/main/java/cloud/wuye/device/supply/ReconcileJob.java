package cloud.wuye.device.supply;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks for devices that are not as they should be. */
@ApplicationScoped
class ReconcileJob {
    private static final String JOB = "switch-reconciliation";

    private final JobRuns runs;
    private final ReconcileAll reconcile;

    ReconcileJob(JobRuns runs, ReconcileAll reconcile) {
        this.runs = runs;
        this.reconcile = reconcile;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.switch-reconciliation}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, reconcile::now);
    }
}
