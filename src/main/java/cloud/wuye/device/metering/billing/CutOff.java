package cloud.wuye.device.metering.billing;

import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * When periods end: once a month, on this day at this time where the company is.
 *
 * @param day 1 to 31; a month without such a day ends it on its last
 */
record CutOff(int day, LocalTime time, ZoneId zone) {
    /** The first end after an instant. */
    Instant after(Instant instant) {
        YearMonth month = YearMonth.from(instant.atZone(zone));
        Instant end = in(month);
        return end.isAfter(instant) ? end : in(month.plusMonths(1));
    }

    private Instant in(YearMonth month) {
        return month.atDay(Math.min(day, month.lengthOfMonth()))
                .atTime(time)
                .atZone(zone)
                .toInstant();
    }
}
