package cloud.wuye.device.metering.credit;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What was bought for a meter, together, and what of it a part is worth.
 *
 * @param quantity in kWh
 * @param energy what was paid for the energy, in yuan
 * @param service what was paid for service
 */
record Bought(BigDecimal quantity, BigDecimal energy, BigDecimal service) {
    private static final int DECIMALS = 6;

    /** A sum in fen, and what of it was paid for service, in yuan. */
    record Share(long fen, BigDecimal service) {
        static final Share NOTHING = new Share(0, BigDecimal.ZERO);

        BigDecimal yuan() {
            return BigDecimal.valueOf(fen, 2);
        }
    }

    /** What so much of it was paid with, at the mean price, in whole fen; not more than all of it. */
    Share of(BigDecimal left) {
        BigDecimal part = left.min(quantity);
        if (part.signum() <= 0) {
            return Share.NOTHING;
        }
        long fen = energy.add(service)
                .movePointRight(2)
                .multiply(part)
                .divide(quantity, 0, RoundingMode.DOWN)
                .longValueExact();
        BigDecimal served = service.multiply(part).divide(quantity, DECIMALS, RoundingMode.DOWN);
        return new Share(fen, served.min(BigDecimal.valueOf(fen, 2)));
    }
}
