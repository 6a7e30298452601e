package cloud.wuye.device.metering.cutoff;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Rings for the judge of credit. */
@ApplicationScoped
class JudgeCreditJob {
    private static final String JOB = "judge-credit";

    private final JobRuns runs;
    private final JudgeCredit judge;

    JudgeCreditJob(JobRuns runs, JudgeCredit judge) {
        this.runs = runs;
        this.judge = judge;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.judge-credit}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, judge::now);
    }
}
