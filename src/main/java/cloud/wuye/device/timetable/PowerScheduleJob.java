package cloud.wuye.device.timetable;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Opens and releases the holds of timetables that are due. */
@ApplicationScoped
class PowerScheduleJob {
    private static final String JOB = "power-schedules";

    private final OnTime onTime;
    private final RunPowerSchedules run;

    PowerScheduleJob(OnTime onTime, RunPowerSchedules run) {
        this.onTime = onTime;
        this.run = run;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.power-schedules}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return onTime.run(JOB, RunPowerSchedules.PURPOSE, run::now);
    }
}
