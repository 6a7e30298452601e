package cloud.wuye.device.metering.cutoff;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** When supply may be cut for arrears; what is absent protects. */
@Input("CutOffPolicyInput")
@Description("When supply may be cut for arrears. What is absent protects.")
public record CutOffPolicyInput(
        @NonNull @NotBlank @Size(max = 100) @Description("Its name.") String name,
        @Description("Whether it holds for accounts that name none; one policy does. Absent: no.") Boolean usual,
        @Size(max = 8) @Description("Hours in which nobody is cut off. Absent: 18:00 to 08:00.")
                List<QuietHoursInput> quietHours,
        @Description("Nobody is cut off on Saturdays and Sundays. Absent: true.") Boolean spareWeekends,
        @Description("Nobody is cut off on holidays. Absent: true.") Boolean spareHolidays,
        @Id @Description("Whose holidays. Absent: those of all the company's calendars.") UUID calendarId,
        @Min(1) @Max(720) @Description("How old a meter's last reading may be, in hours. Absent: 24.")
                Integer freshHours,
        @Min(1)
                @Max(10_000)
                @Description("How many accounts of a building are cut off within an hour at most. Absent: 20.")
                Integer mostPerHour,
        @Description("Supply comes back by itself when it is paid; else a person gives it back. Absent: true.")
                Boolean autoReconnect) {
    CutOffPolicy policy(UUID id) {
        CutOffPolicy protective = CutOffPolicy.USUAL;
        return new CutOffPolicy(
                id,
                name.trim(),
                Boolean.TRUE.equals(usual),
                quietHours == null
                        ? protective.quiet()
                        : quietHours.stream().map(CutOffPolicyInput::hours).toList(),
                !Boolean.FALSE.equals(spareWeekends),
                !Boolean.FALSE.equals(spareHolidays),
                calendarId,
                freshHours == null ? protective.freshHours() : freshHours,
                mostPerHour == null ? protective.mostPerHour() : mostPerHour,
                !Boolean.FALSE.equals(autoReconnect),
                0);
    }

    private static QuietTimes.Hours hours(QuietHoursInput quiet) {
        if (quiet == null) {
            throw new Problem(ProblemCode.VALIDATION, "input.quietHours", "null");
        }
        return quiet.hours();
    }
}
