package cloud.wuye.tariff.rating;

import java.time.LocalTime;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** Hours of one kind, whole minutes. An end that is not after the start runs over midnight; 00:00 ends the day. */
@Description("Hours of one kind. An end that is not after the start runs over midnight: 23:00 to 07:00.")
public record HourRange(
        @NonNull @Description("The first minute that counts.") LocalTime from,
        @NonNull @Description("The first minute that counts no more; 00:00 is the end of the day.") LocalTime to,
        @NonNull @Description("The kind of hours.") PricePeriod period) {
    static final int DAY = 24 * 60;

    int fromMinute() {
        return from.toSecondOfDay() / 60;
    }

    int minutes() {
        int length = Math.floorMod(to.toSecondOfDay() / 60 - fromMinute(), DAY);
        return length == 0 ? DAY : length;
    }
}
