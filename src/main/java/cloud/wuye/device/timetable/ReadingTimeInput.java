package cloud.wuye.device.timetable;

import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** A recurring reading time. */
@Input("ReadingTimeInput")
@Description("A recurring reading time: either a time of day with days of the week, or a cron line.")
public record ReadingTimeInput(
        @Description("Local time of day, `HH:mm`. Not with cron.") String time,
        @Description("Days of the week; absent means all. Not with cron.") List<Weekday> days,
        @Description("A Unix cron line of five fields, in local time. Not with time.") String cron,
        @Description("On which days it counts by the calendar; ANY_DAY when absent.") DayRule rule) {
    ScheduledTime scheduled() {
        return new ScheduledTime(ScheduledTime.READ, time, days, cron, rule);
    }
}
