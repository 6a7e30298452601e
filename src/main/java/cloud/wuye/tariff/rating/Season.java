package cloud.wuye.tariff.rating;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** A part of the year with price tables of its own. An end before the start runs over the turn of the year. */
@Description("A part of the year with price tables of its own. An end before the start runs over the turn of the year.")
public record Season(
        @NonNull @Description("Its name, such as 夏季.") String name,
        @NonNull @Description("Its first day, as MM-DD.") String from,
        @NonNull @Description("Its last day, as MM-DD.") String to,
        @NonNull @Description("Its tables: each kind of day in exactly one.") List<@NonNull DayTable> days) {

    boolean holds(LocalDate date) {
        return holds(MonthDay.from(date));
    }

    boolean holds(MonthDay day) {
        MonthDay first = parse(from);
        MonthDay last = parse(to);
        return first.isAfter(last)
                ? !day.isBefore(first) || !day.isAfter(last)
                : !day.isBefore(first) && !day.isAfter(last);
    }

    static MonthDay parse(String text) {
        try {
            return MonthDay.parse("--" + text);
        } catch (DateTimeException e) {
            throw new Problem(ProblemCode.VALIDATION, "seasons", text);
        }
    }
}
