package cloud.wuye.payment.order;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import java.math.BigDecimal;
import java.time.Duration;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Terms of payment that a company sets. */
@Input("PaymentTermsInput")
@Description("Terms of payment that a company sets.")
public record PaymentTermsInput(
        @NonNull
                @DecimalMin("0")
                @DecimalMax(value = "0.1", inclusive = false)
                @Digits(integer = 1, fraction = 6)
                @Description("The share of the price that the channel takes: 0.006 for 0.6 %; below 0.1.")
                BigDecimal feeRate,
        @NonNull @Description("Who bears it. What staff take themselves bears none.") FeePayer feePayer,
        @NonNull
                @DurationMin(minutes = 1)
                @DurationMax(hours = 2)
                @Description("How long an order may wait for its payment: one minute to two hours.")
                Duration payWithin) {
    PaymentTerms terms() {
        return new PaymentTerms(feeRate, feePayer, payWithin);
    }
}
