package cloud.wuye.device.command;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks for commands whose deadline has passed. */
@ApplicationScoped
class CommandDeadlineJob {
    private static final String JOB = "command-deadlines";

    private final JobRuns runs;
    private final CommandDeadlines deadlines;

    CommandDeadlineJob(JobRuns runs, CommandDeadlines deadlines) {
        this.runs = runs;
        this.deadlines = deadlines;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.command-deadlines}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, deadlines::sweep);
    }
}
