package cloud.wuye.device.metering.billing;

import cloud.wuye.tariff.Commodity;
import java.time.Instant;
import java.time.LocalTime;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** How a company bills a commodity, as clients see it. */
@Type("BillingPeriod")
@Description("How a company bills a commodity: periods of a month.")
public record BillingPeriodView(
        @NonNull @Description("What is billed.") Commodity commodity,
        @Description("The day on which a period ends; a month without such a day ends it on its last.") int cutDay,
        @NonNull @Description("When on that day, where the company is.") LocalTime cutTime,
        @Description("How many days after its issue a bill is due.") int dueDays,
        @Description("How many more days before it is overdue.") int graceDays,
        @Description("How many hours old a reading may be to stand for the end of the period.") int freshHours,
        @Description("For how many hours a late meter is asked before its use is estimated.") int windowHours,
        @Description("Whether a bill may be paid in parts.") boolean partialPayments,
        @Description("Whether periods end by themselves.") boolean active,
        @Description("When the running period ends.") Instant nextCutAt,
        @Description("Counts changes.") int version) {
    static BillingPeriodView of(BillingPeriod period) {
        return new BillingPeriodView(
                period.commodity(),
                period.cutDay(),
                period.cutTime(),
                period.dueDays(),
                period.graceDays(),
                period.freshHours(),
                period.windowHours(),
                period.partialPayments(),
                period.active(),
                period.nextCutAt(),
                period.version());
    }
}
