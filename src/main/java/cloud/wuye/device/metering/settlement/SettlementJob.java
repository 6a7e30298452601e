package cloud.wuye.device.metering.settlement;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Settles accounts that wait for it. */
@ApplicationScoped
class SettlementJob {
    private static final String JOB = "settlements";

    private final JobRuns runs;
    private final RunSettlements settlements;

    SettlementJob(JobRuns runs, RunSettlements settlements) {
        this.runs = runs;
        this.settlements = settlements;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.settlements}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, settlements::now);
    }
}
