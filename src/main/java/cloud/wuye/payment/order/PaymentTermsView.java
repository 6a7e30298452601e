package cloud.wuye.payment.order;

import java.math.BigDecimal;
import java.time.Duration;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Terms of payment, as clients see them. */
@Type("PaymentTerms")
@Description("A company's terms of payment.")
public record PaymentTermsView(
        @NonNull @Description("The share of the price that the channel takes: 0.006 for 0.6 %.") BigDecimal feeRate,
        @NonNull @Description("Who bears it. What staff take themselves bears none.") FeePayer feePayer,
        @NonNull @Description("How long an order may wait for its payment.") Duration payWithin) {
    static PaymentTermsView of(PaymentTerms terms) {
        return new PaymentTermsView(terms.feeRate(), terms.feePayer(), terms.payWithin());
    }
}
