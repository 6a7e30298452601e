package cloud.wuye.tariff.rating;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;

/**
 * The days of a holiday calendar as a version keeps them: copied when it is published, so that no later change of the
 * calendar changes what a past hour cost.
 *
 * @param off holidays
 * @param working make-up working days, which beat everything
 */
@RegisterForReflection
public record Holidays(Set<LocalDate> off, Set<LocalDate> working) {
    /** Saturdays and Sundays only. */
    public static final Holidays NONE = new Holidays(Set.of(), Set.of());

    DayKind kind(LocalDate date) {
        if (working.contains(date)) {
            return DayKind.WEEKDAY;
        }
        if (off.contains(date)) {
            return DayKind.HOLIDAY;
        }
        DayOfWeek day = date.getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY ? DayKind.WEEKEND : DayKind.WEEKDAY;
    }
}
