package cloud.wuye.tariff;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.tariff.rating.GridCap;
import cloud.wuye.tariff.rating.Holidays;
import cloud.wuye.tariff.rating.PriceBasis;
import cloud.wuye.tariff.rating.Rate;
import cloud.wuye.tariff.rating.Season;
import cloud.wuye.tariff.rating.TariffTerms;
import cloud.wuye.tariff.rating.Tiers;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** A version of a tariff as a person writes it. */
@Input("TariffVersionInput")
@Description("The prices of a plan from some day on.")
public record TariffVersionInput(
        @NonNull @Description("Its first day, in the company's zone.") LocalDate validFrom,
        @NonNull @Description("Whether the price depends on the time of day.") PriceBasis basis,
        @Description("TIME_OF_USE: together they must cover each day of the year once.") List<Season> seasons,
        @Id @Description("Whose days are holidays; copied when the version is published. Absent: there are none.")
                UUID holidayCalendarId,
        @Description("阶梯; absent for one price whatever is used.") Tiers tiers,
        @Description("The service price of rates that name none; 0 when absent.") BigDecimal servicePrice,
        @NonNull @Description("The prices.") List<@NonNull Rate> rates,
        @Description("The limit that the grid's price sets; absent for none.") GridCap cap) {
    /** As terms; refused when they are not whole. */
    TariffTerms terms(Holidays holidays) {
        // An optional list cannot say in the schema that nothing in it is null.
        if (seasons != null && seasons.stream().anyMatch(Objects::isNull)) {
            throw new Problem(ProblemCode.VALIDATION, "seasons", "null");
        }
        return new TariffTerms(basis, seasons, tiers, servicePrice, rates, cap, holidays);
    }
}
