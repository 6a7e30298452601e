package cloud.wuye.tariff;

import cloud.wuye.tariff.rating.PricePeriod;
import cloud.wuye.tariff.rating.RatedLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A rated line as clients see it. */
@Type("RatedLine")
@Description("A quantity at one price, and why that price.")
public record RatedLineView(
        @NonNull @Description("When the part of the interval began that it was used in.") Instant from,
        @NonNull @Description("When that part ended.") Instant to,
        @Id @NonNull @Description("The version that was in force.") UUID versionId,
        @Description("That version's number.") int versionNumber,
        @Description("The tier, from 1.") int tier,
        @NonNull @Description("What stood on the count of the tiers before; 0 without tiers.") BigDecimal usedBefore,
        @NonNull @Description("The kind of hours.") PricePeriod period,
        @NonNull @Description("The quantity.") BigDecimal quantity,
        @NonNull @Description("Price of the energy or water itself per unit.") BigDecimal energyPrice,
        @NonNull @Description("Price of the service per unit.") BigDecimal servicePrice,
        @NonNull @Description("Quantity times energy price, 6 decimals.") BigDecimal energyAmount,
        @NonNull @Description("Quantity times service price, 6 decimals.") BigDecimal serviceAmount,
        @Description("Its share of the bill in fen; the shares add up to the bill.") long fen) {
    static RatedLineView of(RatedLine line, long fen) {
        return new RatedLineView(
                line.from(),
                line.to(),
                line.versionId(),
                line.versionNumber(),
                line.tier(),
                line.usedBefore(),
                line.period(),
                line.quantity(),
                line.energyPrice(),
                line.servicePrice(),
                line.energyAmount(),
                line.serviceAmount(),
                fen);
    }
}
