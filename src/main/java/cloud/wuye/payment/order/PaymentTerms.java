package cloud.wuye.payment.order;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * A company's terms of payment.
 *
 * @param feeRate the share of the price that the channel takes, 0.006 for 0.6 %
 * @param feePayer who bears it
 * @param payWithin how long an order may wait for its payment
 */
@RegisterForReflection
public record PaymentTerms(BigDecimal feeRate, FeePayer feePayer, Duration payWithin) {
    /** What holds until a company sets its own. */
    public static final PaymentTerms USUAL =
            new PaymentTerms(new BigDecimal("0.006"), FeePayer.PAYER, Duration.ofMinutes(30));

    /** The same, but the company bears the channel's fee. */
    PaymentTerms atCompanysCost() {
        return new PaymentTerms(feeRate, FeePayer.COMPANY, payWithin);
    }

    /**
     * The fee that comes on top of a price, in fen, half-up: 5000 gives 30, 1 gives 0.
     *
     * @param payableFen the price, in fen
     */
    public long surchargeFen(long payableFen) {
        return feePayer == FeePayer.COMPANY
                ? 0
                : feeRate.multiply(BigDecimal.valueOf(payableFen))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
    }
}
