package cloud.wuye.tariff.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.UUID;

/**
 * A quantity at one price, and why that price.
 *
 * @param from when the part of the interval began that it was used in
 * @param to when that part ended
 * @param usedBefore what stood on the count of the tiers when it began; 0 without tiers
 * @param energyAmount 6 decimals
 * @param serviceAmount 6 decimals
 */
public record RatedLine(
        Instant from,
        Instant to,
        UUID versionId,
        int versionNumber,
        int tier,
        PricePeriod period,
        BigDecimal quantity,
        BigDecimal usedBefore,
        BigDecimal energyPrice,
        BigDecimal servicePrice,
        BigDecimal energyAmount,
        BigDecimal serviceAmount) {
    /** Decimals of an amount. */
    public static final int DECIMALS = 6;

    static RatedLine of(
            Instant from, Instant to, Segment segment, PriceCell price, BigDecimal quantity, BigDecimal usedBefore) {
        return new RatedLine(
                from,
                to,
                segment.version().id(),
                segment.version().number(),
                price.tier(),
                price.period(),
                quantity,
                usedBefore,
                price.energyPrice(),
                price.servicePrice(),
                amount(quantity, price.energyPrice()),
                amount(quantity, price.servicePrice()));
    }

    /** Energy and service together. */
    public BigDecimal amount() {
        return energyAmount.add(serviceAmount);
    }

    /** The line that takes this one back. */
    public RatedLine reversed() {
        return new RatedLine(
                from,
                to,
                versionId,
                versionNumber,
                tier,
                period,
                quantity.negate(),
                usedBefore,
                energyPrice,
                servicePrice,
                energyAmount.negate(),
                serviceAmount.negate());
    }

    private static BigDecimal amount(BigDecimal quantity, BigDecimal price) {
        return quantity.multiply(price).setScale(DECIMALS, RoundingMode.HALF_UP);
    }
}
