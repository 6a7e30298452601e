package cloud.wuye.device.metering.credit;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks for accounts of meters that count their own credit and were not looked at for a day. */
@ApplicationScoped
class DrawOwnUsageJob {
    private static final String JOB = "own-credit";

    private final JobRuns runs;
    private final DrawOwnUsage draw;

    DrawOwnUsageJob(JobRuns runs, DrawOwnUsage draw) {
        this.runs = runs;
        this.draw = draw;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.own-credit}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, draw::now);
    }
}
