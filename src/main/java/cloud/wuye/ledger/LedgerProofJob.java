package cloud.wuye.ledger;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Rings for the proof of the books. */
@ApplicationScoped
class LedgerProofJob {
    private static final String JOB = "ledger-proof";

    private final JobRuns runs;
    private final ProveLedger prove;

    LedgerProofJob(JobRuns runs, ProveLedger prove) {
        this.runs = runs;
        this.prove = prove;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.ledger-proof}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, prove::now);
    }
}
