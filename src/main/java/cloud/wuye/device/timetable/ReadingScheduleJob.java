package cloud.wuye.device.timetable;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks meters whose reading is due. */
@ApplicationScoped
class ReadingScheduleJob {
    private static final String JOB = "reading-schedules";

    private final OnTime onTime;
    private final RunReadingSchedules run;

    ReadingScheduleJob(OnTime onTime, RunReadingSchedules run) {
        this.onTime = onTime;
        this.run = run;
    }

    @Scheduled(
            identity = JOB,
            every = "{wuye.jobs.reading-schedules}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return onTime.run(JOB, RunReadingSchedules.PURPOSE, run::now);
    }
}
