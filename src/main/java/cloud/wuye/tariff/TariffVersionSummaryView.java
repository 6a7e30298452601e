package cloud.wuye.tariff;

import cloud.wuye.tariff.rating.PriceBasis;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A version of a tariff without its prices, as lists show it: with them a page of plans would be a book. */
@Type("TariffVersionSummary")
@Description("A version of a tariff without its prices; tariffVersion gives those.")
public record TariffVersionSummaryView(
        @Id @NonNull @Description("The id.") UUID id,
        @Description("Which of the plan's versions it is, from 1.") int number,
        @NonNull @Description("Where it stands.") TariffVersionStatus status,
        @NonNull @Description("Its first day, in the company's zone.") LocalDate validFrom,
        @Description("The first day on which it does not hold any more; absent while open.") LocalDate validTo,
        @NonNull @Description("Whether the price depends on the time of day.") PriceBasis basis,
        @Description("When it was published.") Instant publishedAt) {
    static TariffVersionSummaryView of(TariffVersionRow row) {
        return new TariffVersionSummaryView(
                row.id(),
                row.number(),
                row.status(),
                row.validFrom(),
                row.validTo(),
                row.terms().basis(),
                row.publishedAt());
    }
}
