package cloud.wuye.tariff.rating;

import java.math.BigDecimal;

/**
 * How much has been used already, which decides the tier: both counts are kept, so that a tariff may change from tiers by
 * the month to tiers by the year.
 *
 * @param month since the local month began
 * @param year since the local year began
 */
public record Used(BigDecimal month, BigDecimal year) {
    /** Nothing yet. */
    public static final Used NOTHING = new Used(BigDecimal.ZERO, BigDecimal.ZERO);

    BigDecimal in(TierReset reset) {
        return reset == TierReset.YEAR ? year : month;
    }

    Used plus(BigDecimal quantity) {
        return new Used(month.add(quantity), year.add(quantity));
    }
}
