package cloud.wuye.device.metering.credit;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks for purchases that have to be gone on with. */
@ApplicationScoped
class WritePurchasesJob {
    private static final String JOB = "meter-purchases";

    private final JobRuns runs;
    private final WritePurchases write;

    WritePurchasesJob(JobRuns runs, WritePurchases write) {
        this.runs = runs;
        this.write = write;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.meter-purchases}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, write::sweep);
    }
}
