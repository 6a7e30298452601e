package cloud.wuye.device.timetable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A timetable that reads meters, as clients see it. */
@Type("ReadingSchedule")
@Description("A timetable that asks meters for readings.")
public record ReadingScheduleView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("Its name.") String name,
        @NonNull @Description("The zone of its local times.") String zone,
        @NonNull @Description("Its times.") List<@NonNull RecurringTimeView> times,
        @Id @Description("The holiday calendar that its day rules mean.") UUID calendarId,
        @NonNull @Description("What becomes of missed times.") Misfire misfire,
        @NonNull @Description("Whether it runs.") TimetableStatus status,
        @Description("When it is due next; absent when it never is.") Instant nextDueAt,
        @Description("When it ran last.") Instant lastRunAt,
        @Description("What it did last.") String lastAction,
        @Description("Counts changes; send it back with a change, which is refused with STALE if it is no longer true.")
                int version,
        @NonNull @Description("When it was written.") Instant createdAt,
        @Ignore TimetableRow row) {
    static ReadingScheduleView of(TimetableRow row) {
        return new ReadingScheduleView(
                row.id(),
                row.name(),
                row.zone().getId(),
                row.times().stream().map(RecurringTimeView::of).toList(),
                row.calendarId(),
                row.misfire(),
                row.status(),
                row.nextDueAt(),
                row.lastRunAt(),
                row.lastAction(),
                row.version(),
                row.createdAt(),
                row);
    }
}
