package cloud.wuye.device.timetable;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;

/**
 * Which days are worked.
 *
 * @param off days off that would else be working days (or not)
 * @param working make-up working days, which beat everything
 */
record Holidays(Set<LocalDate> off, Set<LocalDate> working) {
    /** Monday to Friday, no holidays. */
    static final Holidays NONE = new Holidays(Set.of(), Set.of());

    boolean isWorking(LocalDate date) {
        if (working.contains(date)) {
            return true;
        }
        DayOfWeek day = date.getDayOfWeek();
        return !off.contains(date) && day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY;
    }

    boolean fits(DayRule rule, LocalDate date) {
        return switch (rule) {
            case ANY_DAY -> true;
            case WORKING_DAYS -> isWorking(date);
            case DAYS_OFF -> !isWorking(date);
        };
    }
}
