package cloud.wuye.payment.order;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks after payments and refunds that nobody tells us about. */
@ApplicationScoped
class WatchPaymentsJob {
    private static final String JOB = "watch-payments";

    private final JobRuns runs;
    private final WatchPayments watch;

    WatchPaymentsJob(JobRuns runs, WatchPayments watch) {
        this.runs = runs;
        this.watch = watch;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.watch-payments}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, watch::sweep);
    }
}
