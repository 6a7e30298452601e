package cloud.wuye.device.timetable;

import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A recurring time as it stands in a timetable's row: either a time of day with days of the week, or a cron line.
 *
 * @param action what happens then; {@code ON}, {@code OFF} or {@code READ}
 * @param time {@code HH:mm} or {@code HH:mm:ss}; null with a cron line
 * @param days days of the week; none means all
 * @param cron five Unix fields; null with a time
 * @param rule on which days it counts, by the calendar
 */
@RegisterForReflection
record ScheduledTime(String action, String time, List<Weekday> days, String cron, DayRule rule) {
    static final String READ = "READ";

    /** What cron lines may come to: half-hourly. More is a slip of the hand that wears out relays and batteries. */
    static final int MOMENTS_A_DAY = 48;

    ScheduledTime {
        days = days == null ? List.of() : List.copyOf(days);
        rule = rule == null ? DayRule.ANY_DAY : rule;
    }

    Timetable.Entry<String> entry() {
        return new Timetable.Entry<>(recurrence(), rule, action);
    }

    /** The times; nonsense is refused with VALIDATION. */
    Recurrence recurrence() {
        if ((time == null) == (cron == null)) {
            throw new Problem(
                    ProblemCode.VALIDATION,
                    "times",
                    Detail.of("须给出 {0} 或 {1} 之一", "needs either {0} or {1}", "time", "cron"));
        }
        if (cron != null && !days.isEmpty()) {
            throw new Problem(
                    ProblemCode.VALIDATION, "times.days", Detail.of("cron 已自带日期", "a cron line has days of its own"));
        }
        try {
            return cron != null ? Recurrence.cron(cron) : Recurrence.weekly(LocalTime.parse(time), daysOfWeek());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new Problem(ProblemCode.VALIDATION, "times", cron != null ? cron : time);
        }
    }

    private Set<DayOfWeek> daysOfWeek() {
        return days.stream().map(Weekday::day).collect(Collectors.toSet());
    }

    /** How many moments a day its cron line names; 0 for a time of day. */
    private int momentsADay() {
        Recurrence times = recurrence();
        LocalDateTime first = cron == null
                ? null
                : times.after(LocalDateTime.of(2000, 1, 1, 0, 0).minusNanos(1)).orElse(null);
        int count = 0;
        // The fields for hour and minute know nothing of days: every day that fits has the same moments.
        for (LocalDateTime next = first;
                next != null && next.toLocalDate().equals(first.toLocalDate()) && count <= MOMENTS_A_DAY;
                next = times.after(next).orElse(null)) {
            count++;
        }
        return count;
    }

    /** Refuses a list that is empty, too long, too dense, or says two things about one moment. */
    static void check(List<ScheduledTime> times) {
        if (times.isEmpty() || times.size() > 50) {
            throw new Problem(ProblemCode.VALIDATION, "times", Detail.between(1, 50));
        }
        if (times.stream().mapToInt(ScheduledTime::momentsADay).sum() > MOMENTS_A_DAY) {
            throw new Problem(ProblemCode.TIMETABLE_TOO_DENSE, "times", MOMENTS_A_DAY);
        }
        for (ScheduledTime one : times) {
            for (ScheduledTime other : times) {
                boolean contradict = !one.action.equals(other.action)
                        && (one.rule == other.rule || one.rule == DayRule.ANY_DAY || other.rule == DayRule.ANY_DAY)
                        && one.recurrence().collidesWith(other.recurrence());
                if (contradict) {
                    throw new Problem(
                            ProblemCode.VALIDATION, "times", Detail.of("同一时刻既开又关", "on and off at one moment"));
                }
            }
        }
    }
}
