package cloud.wuye.holiday;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** A holiday calendar as a person writes it. */
@Input("HolidayCalendarInput")
@Description("Days that are not what their weekday says.")
public record HolidayCalendarInput(
        @NonNull @NotBlank @Size(max = 100) @Description("Its name, unique in the company.") String name,
        @NonNull @Size(max = 2000) @Description("Days off: holidays.") List<@NonNull LocalDate> daysOff,
        @NonNull @Size(max = 2000) @Description("Make-up working days; no day may be both.")
                List<@NonNull LocalDate> workingDays) {}
