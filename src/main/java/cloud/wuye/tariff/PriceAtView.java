package cloud.wuye.tariff;

import cloud.wuye.tariff.rating.PriceCell;
import cloud.wuye.tariff.rating.PricePeriod;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** The price at an instant. */
@Type("PriceAt")
@Description("The price at an instant, and when it changes next.")
public record PriceAtView(
        @NonNull @Description("The instant.") Instant at,
        @Id @NonNull @Description("The version in force.") UUID versionId,
        @Description("That version's number.") int versionNumber,
        @NonNull @Description("The kind of hours.") PricePeriod period,
        @NonNull @Description("What a unit costs in each tier.") List<@NonNull PriceCell> prices,
        @Description("When another price begins, or none; absent when that is more than 400 days away.")
                Instant nextChangeAt,
        @Description("The kind of hours then; absent when no version holds then.") PricePeriod nextPeriod,
        @NonNull @Description("What a unit costs then; empty when no version holds then.")
                List<@NonNull PriceCell> nextPrices) {}
