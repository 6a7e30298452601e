package cloud.wuye.tariff.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What was used in an interval.
 *
 * @param quantity at most 4 decimals; negative takes back
 * @param counter the kind of hours that a meter with a counter for each has counted it in, or null for the total counter
 */
public record Usage(Instant from, Instant to, BigDecimal quantity, PricePeriod counter) {
    /** Decimals of a quantity. */
    public static final int DECIMALS = 4;

    public Usage {
        from = from.truncatedTo(ChronoUnit.MICROS);
        to = to.truncatedTo(ChronoUnit.MICROS);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("an interval that ends before it begins: " + from + " to " + to);
        }
        // More decimals than a register has would be lost without a word.
        quantity = quantity.setScale(DECIMALS, java.math.RoundingMode.UNNECESSARY);
    }

    /** By the total counter. */
    public static Usage total(Instant from, Instant to, BigDecimal quantity) {
        return new Usage(from, to, quantity, null);
    }
}
