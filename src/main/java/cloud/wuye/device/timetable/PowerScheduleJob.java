package cloud.wuye.device.timetable;

import cloud.wuye.schedule.JobRuns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Opens and releases the holds of timetables that are due. */
@ApplicationScoped
class PowerScheduleJob {
    private static final String JOB = "power-schedules";

    private final JobRuns runs;
    private final RunPowerSchedules run;

    PowerScheduleJob(JobRuns runs, RunPowerSchedules run) {
        this.runs = runs;
        this.run = run;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.power-schedules}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return runs.run(JOB, run::now);
    }
}
