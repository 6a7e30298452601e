package cloud.wuye.device.inbox;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks for devices that fell silent. */
@ApplicationScoped
class OfflineSweepJob {
    private static final String JOB = "offline-sweep";

    private final JobRuns runs;
    private final OfflineSweep offline;

    OfflineSweepJob(JobRuns runs, OfflineSweep offline) {
        this.runs = runs;
        this.offline = offline;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.offline-sweep}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, offline::sweep);
    }
}
