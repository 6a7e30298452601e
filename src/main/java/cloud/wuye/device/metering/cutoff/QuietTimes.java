package cloud.wuye.device.metering.cutoff;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;

/**
 * When nobody is cut off: hours of every day, weekends and holidays, by the clock on the wall.
 *
 * @param hours local times of day
 * @param daysOff holidays, whole days
 * @param workingDays weekend days that count as working days
 */
record QuietTimes(
        List<Hours> hours, boolean weekends, boolean holidays, Set<LocalDate> daysOff, Set<LocalDate> workingDays) {
    /** Longer than any run of holidays; beyond it a policy protects for ever. */
    private static final int MOST_STEPS = 200;

    /**
     * From a minute of the day to another; over midnight if that is not later.
     *
     * @param fromMinute included
     * @param toMinute not included
     */
    record Hours(int fromMinute, int toMinute) {
        private boolean holds(int minute) {
            return fromMinute < toMinute
                    ? minute >= fromMinute && minute < toMinute
                    : minute >= fromMinute || minute < toMinute;
        }
    }

    /** When the quiet time ends that holds now, adjoining ones taken together; null when none holds. */
    Instant until(Instant now, ZoneId zone) {
        Instant at = now;
        for (int step = 0; step < MOST_STEPS; step++) {
            Instant end = end(at.atZone(zone));
            if (end == null) {
                return at.equals(now) ? null : at;
            }
            at = end;
        }
        return at;
    }

    private Instant end(ZonedDateTime at) {
        LocalDate day = at.toLocalDate();
        if (off(day)) {
            return day.plusDays(1).atStartOfDay(at.getZone()).toInstant();
        }
        int minute = at.getHour() * 60 + at.getMinute();
        for (Hours quiet : hours) {
            if (quiet.holds(minute)) {
                boolean tomorrow = quiet.toMinute() <= minute;
                ZonedDateTime end = (tomorrow ? day.plusDays(1) : day)
                        .atTime(LocalTime.ofSecondOfDay(quiet.toMinute() * 60L))
                        .atZone(at.getZone());
                // An hour that the clock shows twice must not hold it up.
                return end.isAfter(at) ? end.toInstant() : at.plusMinutes(1).toInstant();
            }
        }
        return null;
    }

    private boolean off(LocalDate day) {
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return (holidays && daysOff.contains(day)) || (weekends && weekend && !workingDays.contains(day));
    }
}
