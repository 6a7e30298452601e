package cloud.wuye.tariff;

import cloud.wuye.tariff.rating.GridCap;
import cloud.wuye.tariff.rating.PriceBasis;
import cloud.wuye.tariff.rating.PriceCell;
import cloud.wuye.tariff.rating.PriceCheck;
import cloud.wuye.tariff.rating.Rate;
import cloud.wuye.tariff.rating.Season;
import cloud.wuye.tariff.rating.TariffTerms;
import cloud.wuye.tariff.rating.Tiers;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A version of a tariff as clients see it. */
@Type("TariffVersion")
@Description("The prices of a plan from some day on.")
public record TariffVersionView(
        @Id @NonNull @Description("The id.") UUID id,
        @Id @NonNull @Description("The plan.") UUID planId,
        @Description("Which of the plan's versions it is, from 1.") int number,
        @NonNull @Description("Where it stands.") TariffVersionStatus status,
        @NonNull @Description("Its first day, in the company's zone.") LocalDate validFrom,
        @Description("The first day on which it does not hold any more; absent while open.") LocalDate validTo,
        @NonNull @Description("Whether the price depends on the time of day.") PriceBasis basis,
        @NonNull @Description("Seasons with their hours; none when FLAT.") List<@NonNull Season> seasons,
        @Id @Description("The calendar whose days were copied.") UUID holidayCalendarId,
        @Description("The last holiday or make-up working day that it knows of; days after it go by their weekday.")
                LocalDate holidaysKnownUntil,
        @Description("阶梯; absent for one price whatever is used.") Tiers tiers,
        @NonNull @Description("The service price of rates that name none.") BigDecimal servicePrice,
        @NonNull @Description("The prices as written.") List<@NonNull Rate> rates,
        @Description("The limit that the grid's price sets.") GridCap cap,
        @NonNull @Description("The prices as they are charged, one for each tier and kind of hours.")
                List<@NonNull PriceCell> prices,
        @NonNull @Description("Each price held against the grid's; empty without a cap.")
                List<@NonNull PriceCheck> priceCheck,
        @NonNull @Description("When it was first drafted.") Instant createdAt,
        @Description("When it was published.") Instant publishedAt,
        @Description("Counts changes; send it back with a change, which is refused with STALE if it is no longer true.")
                int version) {
    static TariffVersionView of(TariffVersionRow row) {
        TariffTerms terms = row.terms();
        return new TariffVersionView(
                row.id(),
                row.planId(),
                row.number(),
                row.status(),
                row.validFrom(),
                row.validTo(),
                terms.basis(),
                terms.seasons(),
                row.calendarId(),
                Stream.of(terms.holidays().off(), terms.holidays().working())
                        .flatMap(Collection::stream)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                terms.tiers(),
                terms.servicePrice(),
                terms.rates(),
                terms.cap(),
                terms.prices(),
                terms.priceCheck(),
                row.createdAt(),
                row.publishedAt(),
                row.version());
    }
}
