package cloud.wuye.holiday;

import io.vertx.mutiny.sqlclient.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A holiday calendar as clients see it. */
@Type("HolidayCalendar")
@Description("Days that are not what their weekday says.")
public record HolidayCalendarView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("Its name.") String name,
        @NonNull @Description("Days off: holidays.") List<@NonNull LocalDate> daysOff,
        @NonNull @Description("Make-up working days.") List<@NonNull LocalDate> workingDays,
        @Description("Counts changes; send it back with a change, which is refused with STALE if it is no longer true.")
                int version) {
    static HolidayCalendarView of(Row row) {
        return new HolidayCalendarView(
                row.getUUID("id"),
                row.getString("name"),
                List.of(row.getArrayOfLocalDates("days_off")),
                List.of(row.getArrayOfLocalDates("working_days")),
                row.getInteger("version"));
    }
}
