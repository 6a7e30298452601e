package cloud.wuye.device.metering;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps the months to come ready in the tables that are partitioned by month. */
@ApplicationScoped
class MonthsAheadJob {
    private static final String JOB = "months-ahead";

    private final JobRuns runs;
    private final MonthsAhead months;

    MonthsAheadJob(JobRuns runs, MonthsAhead months) {
        this.runs = runs;
        this.months = months;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.months-ahead}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, months::make);
    }
}
