package cloud.wuye.tariff.rating;

import java.math.BigDecimal;
import java.util.List;

/**
 * Rated lines and where the counts of the tiers stand after them.
 *
 * @param lines in the order in which they filled the tiers
 */
public record Rating(List<RatedLine> lines, Used after) {
    /** The sum of all amounts, 6 decimals. */
    public BigDecimal amount() {
        return lines.stream().map(RatedLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The sum of all quantities. */
    public BigDecimal quantity() {
        return lines.stream().map(RatedLine::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
