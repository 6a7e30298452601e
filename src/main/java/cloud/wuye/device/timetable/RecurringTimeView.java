package cloud.wuye.device.timetable;

import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A recurring time of a timetable. */
@Type("RecurringTime")
@Description("A recurring time of a timetable: a time of day with days of the week, or a cron line.")
public record RecurringTimeView(
        @NonNull @Description("What happens then: ON, OFF or READ.") String action,
        @Description("Local time of day; absent with a cron line.") String time,
        @NonNull @Description("Days of the week; none means all.") List<@NonNull Weekday> days,
        @Description("A Unix cron line; absent with a time.") String cron,
        @NonNull @Description("On which days it counts by the calendar.") DayRule rule) {
    static RecurringTimeView of(ScheduledTime time) {
        return new RecurringTimeView(time.action(), time.time(), time.days(), time.cron(), time.rule());
    }
}
