package cloud.wuye.device.metering.cutoff;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** Hours in which nobody is cut off. */
@Input("QuietHoursInput")
@Description("Hours in which nobody is cut off, by the company's clock.")
public record QuietHoursInput(
        @NonNull @Description("From, `HH:mm`.") String from,
        @NonNull @Description("To, `HH:mm`; over midnight if not later.") String to) {
    QuietTimes.Hours hours() {
        int begin = minute(from);
        int end = minute(to);
        if (begin == end) {
            throw new Problem(ProblemCode.VALIDATION, "input.quietHours", from + "–" + to);
        }
        return new QuietTimes.Hours(begin, end);
    }

    private static int minute(String time) {
        try {
            return LocalTime.parse(time).toSecondOfDay() / 60;
        } catch (DateTimeParseException e) {
            throw new Problem(ProblemCode.VALIDATION, "input.quietHours", time);
        }
    }
}
