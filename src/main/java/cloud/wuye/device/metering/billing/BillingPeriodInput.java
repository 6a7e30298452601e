package cloud.wuye.device.metering.billing;

import cloud.wuye.tariff.Commodity;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** How a company wants to bill a commodity. */
@Input("BillingPeriodInput")
@Description("How a company bills a commodity: periods of a month.")
public record BillingPeriodInput(
        @NonNull @NotNull @Description("What is billed.") Commodity commodity,
        @Min(1) @Max(31) @Description("The day on which a period ends; a month without such a day ends it on its last.")
                int cutDay,
        @Description("When on that day, where the company is. Absent: 00:00.") LocalTime cutTime,
        @Min(0) @Max(180) @Description("How many days after its issue a bill is due.") int dueDays,
        @Min(0) @Max(180) @Description("How many more days before it is overdue. Absent: 0.") Integer graceDays,
        @Min(0)
                @Max(72)
                @Description(
                        "How many hours old, at the end of the period, a reading may be to stand for it. An older one: the "
                                + "meter is asked. Absent: 2.")
                Integer freshHours,
        @Min(0)
                @Max(240)
                @Description("For how many hours a late meter is asked before its use is estimated. Absent: 24.")
                Integer windowHours,
        @Description("Whether a bill may be paid in parts. Absent: true.") Boolean partialPayments,
        @Description("false: no period ends by itself. Absent: true.") Boolean active) {
    private static final int USUAL_FRESH_HOURS = 2;
    private static final int USUAL_WINDOW_HOURS = 24;

    BillingPeriod period(UUID tenantId, ZoneId zone, Instant now) {
        LocalTime time = cutTime == null ? LocalTime.MIDNIGHT : cutTime;
        boolean running = !Boolean.FALSE.equals(active);
        return new BillingPeriod(
                tenantId,
                commodity,
                cutDay,
                time,
                dueDays,
                graceDays == null ? 0 : graceDays,
                freshHours == null ? USUAL_FRESH_HOURS : freshHours,
                windowHours == null ? USUAL_WINDOW_HOURS : windowHours,
                !Boolean.FALSE.equals(partialPayments),
                running,
                running ? new CutOff(cutDay, time, zone).after(now) : null,
                0);
    }
}
