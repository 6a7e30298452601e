package cloud.wuye.device.metering.account;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What usage drawn from credit in kWh or m³ is worth in money: its share of what was paid for the credit, whichever prices that
 * was bought at; beyond the credit what it costs today. So when all credit is used, all that was paid for it is revenue.
 *
 * @param quantity what was used; negative takes back
 * @param creditBefore credit before it was used
 * @param paid what was paid for that credit and is not revenue yet, in yuan
 * @param energy what the quantity costs by the tariff, energy only
 * @param service the same, service only
 */
record UsageValue(
        BigDecimal quantity, BigDecimal creditBefore, BigDecimal paid, BigDecimal energy, BigDecimal service) {
    private static final int DECIMALS = 6;

    /** In yuan, 6 decimals. */
    BigDecimal total() {
        if (quantity.signum() > 0 && creditBefore.signum() > 0 && quantity.compareTo(creditBefore) <= 0) {
            return paid.multiply(quantity).divide(creditBefore, DECIMALS, RoundingMode.HALF_UP);
        }
        BigDecimal list = energy.add(service);
        if (quantity.signum() <= 0 || creditBefore.signum() <= 0) {
            return list.setScale(DECIMALS, RoundingMode.HALF_UP);
        }
        BigDecimal over = quantity.subtract(creditBefore);
        return paid.add(list.multiply(over).divide(quantity, DECIMALS, RoundingMode.HALF_UP))
                .setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    /** How much of it is service: in the proportion of the tariff. */
    BigDecimal servicePart() {
        BigDecimal list = energy.add(service);
        return list.signum() == 0
                ? BigDecimal.ZERO
                : total().multiply(service).divide(list, DECIMALS, RoundingMode.HALF_UP);
    }
}
