package cloud.wuye.device.timetable;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks meters whose reading is due. */
@ApplicationScoped
class ReadingScheduleJob {
    private static final String JOB = "reading-schedules";

    private final JobRuns runs;
    private final RunReadingSchedules run;

    ReadingScheduleJob(JobRuns runs, RunReadingSchedules run) {
        this.runs = runs;
        this.run = run;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.reading-schedules}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, run::now);
    }
}
