package cloud.wuye.device.metering.water;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks at nights that are over. */
@ApplicationScoped
class LeakJob {
    private static final String JOB = "leaks";

    private final JobRuns runs;
    private final LookForLeaks look;

    LeakJob(JobRuns runs, LookForLeaks look) {
        this.runs = runs;
        this.look = look;
    }

    @Scheduled(identity = JOB, every = "{wuye.jobs.leaks}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, look::now);
    }
}
