package cloud.wuye.device.metering.cutoff;

import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** When supply may be cut for arrears, as clients see it. */
@Type("CutOffPolicy")
@Description("When supply may be cut for arrears.")
public record CutOffPolicyView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("Its name.") String name,
        @Description("Whether it holds for accounts that name none.") boolean usual,
        @NonNull @Description("Hours in which nobody is cut off.") List<@NonNull QuietHoursView> quietHours,
        @Description("Whether nobody is cut off on Saturdays and Sundays, but for make-up working days.")
                boolean spareWeekends,
        @Description("Whether nobody is cut off on holidays.") boolean spareHolidays,
        @Id @Description("Whose holidays; absent: those of all the company's calendars.") UUID calendarId,
        @Description("How old a meter's last reading may be, in hours.") int freshHours,
        @Description("How many accounts of a building are cut off within an hour at most.") int mostPerHour,
        @Description("Whether supply comes back by itself when it is paid; else a person gives it back.")
                boolean autoReconnect,
        @Description("Counts changes; send it back with a change.") int version) {

    /** Hours in which nobody is cut off. */
    @Type("QuietHours")
    @Description("Hours in which nobody is cut off, by the company's clock.")
    public record QuietHoursView(
            @NonNull @Description("From, `HH:mm`.") String from,
            @NonNull @Description("To, `HH:mm`; over midnight if not later.") String to) {
        static QuietHoursView of(QuietTimes.Hours hours) {
            return new QuietHoursView(text(hours.fromMinute()), text(hours.toMinute()));
        }

        private static String text(int minute) {
            return LocalTime.ofSecondOfDay(minute * 60L).toString();
        }
    }

    static CutOffPolicyView of(CutOffPolicy policy) {
        return new CutOffPolicyView(
                policy.id(),
                policy.name(),
                policy.usual(),
                policy.quiet().stream().map(QuietHoursView::of).toList(),
                policy.spareWeekends(),
                policy.spareHolidays(),
                policy.calendarId(),
                policy.freshHours(),
                policy.mostPerHour(),
                policy.autoReconnect(),
                policy.version());
    }
}
