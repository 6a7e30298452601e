package cloud.wuye.tariff.rating;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;

/** Whether price tables say one thing, and only one, of every minute of every day; names the first that they do not. */
final class SeasonCover {
    /** A leap year, so that 29 February is looked at too. */
    private static final int LEAP_YEAR = 2024;

    private SeasonCover() {}

    static void check(List<Season> seasons) {
        if (seasons.isEmpty()) {
            throw new Problem(ProblemCode.TARIFF_GAP, "seasons", "01-01");
        }
        for (LocalDate day = LocalDate.of(LEAP_YEAR, 1, 1); day.getYear() == LEAP_YEAR; day = day.plusDays(1)) {
            LocalDate date = day;
            long found = seasons.stream().filter(season -> season.holds(date)).count();
            if (found != 1) {
                throw new Problem(
                        code(found), "seasons", MonthDay.from(day).toString().substring(2));
            }
        }
        seasons.forEach(SeasonCover::check);
    }

    private static void check(Season season) {
        for (DayKind kind : DayKind.values()) {
            List<DayTable> tables = new ArrayList<>();
            for (DayTable table : season.days()) {
                table.kinds().stream().filter(each -> each == kind).forEach(each -> tables.add(table));
            }
            if (tables.size() != 1) {
                throw new Problem(code(tables.size()), "seasons.days", season.name() + " " + kind);
            }
            check(season.name() + " " + kind, tables.get(0));
        }
    }

    private static void check(String where, DayTable table) {
        int[] covered = new int[HourRange.DAY];
        for (HourRange hours : table.hours()) {
            if (hours.period() == PricePeriod.ALL_DAY) {
                throw new Problem(ProblemCode.VALIDATION, "seasons.days.hours.period", hours.period());
            }
            if (hours.from().toNanoOfDay() % 60_000_000_000L != 0 || hours.to().toNanoOfDay() % 60_000_000_000L != 0) {
                throw new Problem(ProblemCode.VALIDATION, "seasons.days.hours", hours.from() + "–" + hours.to());
            }
            for (int i = 0; i < hours.minutes(); i++) {
                covered[(hours.fromMinute() + i) % HourRange.DAY]++;
            }
        }
        for (int minute = 0; minute < covered.length; minute++) {
            if (covered[minute] != 1) {
                int end = minute;
                while (end < covered.length && (covered[end] == 0) == (covered[minute] == 0) && covered[end] != 1) {
                    end++;
                }
                throw new Problem(
                        code(covered[minute]), "seasons.days.hours", where + " " + clock(minute) + "–" + clock(end));
            }
        }
    }

    private static ProblemCode code(long found) {
        return found == 0 ? ProblemCode.TARIFF_GAP : ProblemCode.TARIFF_OVERLAP;
    }

    private static String clock(int minute) {
        return minute == HourRange.DAY
                ? "24:00"
                : LocalTime.ofSecondOfDay(minute * 60L).toString();
    }
}
