package cloud.wuye.schedule;

import cloud.wuye.platform.export.RunExports;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Begins exports that wait. */
@ApplicationScoped
class ExportJob {
    private static final String JOB = "exports";

    private final JobRuns runs;
    private final RunExports exports;

    ExportJob(JobRuns runs, RunExports exports) {
        this.runs = runs;
        this.exports = exports;
    }

    @Scheduled(identity = JOB, every = "{wuye.jobs.exports}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, exports::begin);
    }
}
