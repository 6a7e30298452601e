package cloud.wuye.payment.order;

import org.eclipse.microprofile.graphql.Description;

/** Who bears the channel's fee. */
@Description("Who bears the payment channel's fee.")
public enum FeePayer {
    @Description("Whoever pays: the fee comes on top, 50 becomes 50.30 at 0.6 %.")
    PAYER,
    @Description("The property company: the payer pays the price and no more.")
    COMPANY
}
