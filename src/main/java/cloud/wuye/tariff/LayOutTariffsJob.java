package cloud.wuye.tariff;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps tariffs laid out ahead. */
@ApplicationScoped
class LayOutTariffsJob {
    private static final String JOB = "tariffs-ahead";

    private final JobRuns runs;
    private final LayOutTariffs layOut;

    LayOutTariffsJob(JobRuns runs, LayOutTariffs layOut) {
        this.runs = runs;
        this.layOut = layOut;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.tariffs-ahead}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, layOut::now);
    }
}
