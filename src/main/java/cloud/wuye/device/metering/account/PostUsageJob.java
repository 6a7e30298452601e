package cloud.wuye.device.metering.account;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells the journal what was used. */
@ApplicationScoped
class PostUsageJob {
    private static final String JOB = "post-usage";

    private final JobRuns runs;
    private final PostUsage post;

    PostUsageJob(JobRuns runs, PostUsage post) {
        this.runs = runs;
        this.post = post;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.post-usage}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, post::now);
    }
}
