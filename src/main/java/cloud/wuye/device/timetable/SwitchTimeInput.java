package cloud.wuye.device.timetable;

import cloud.wuye.device.supply.SwitchState;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** A recurring switching time. */
@Input("SwitchTimeInput")
@Description("A recurring switching time: either a time of day with days of the week, or a cron line.")
public record SwitchTimeInput(
        @NonNull @Description("What the devices become then.") SwitchState action,
        @Description("Local time of day, `HH:mm`. Not with cron.") String time,
        @Description("Days of the week; absent means all. Not with cron.") List<Weekday> days,
        @Description("A Unix cron line of five fields, in local time. Not with time.") String cron,
        @Description("On which days it counts by the calendar; ANY_DAY when absent.") DayRule rule) {
    ScheduledTime scheduled() {
        return new ScheduledTime(action.name(), time, days, cron, rule);
    }
}
