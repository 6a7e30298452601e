package cloud.wuye.device.timetable;

import java.time.DayOfWeek;
import org.eclipse.microprofile.graphql.Description;

/** A day of the week. The platform's own enum cannot stand in a GraphQL schema. */
@Description("A day of the week.")
public enum Weekday {
    @Description("Monday.")
    MONDAY,
    @Description("Tuesday.")
    TUESDAY,
    @Description("Wednesday.")
    WEDNESDAY,
    @Description("Thursday.")
    THURSDAY,
    @Description("Friday.")
    FRIDAY,
    @Description("Saturday.")
    SATURDAY,
    @Description("Sunday.")
    SUNDAY;

    DayOfWeek day() {
        return DayOfWeek.valueOf(name());
    }
}
