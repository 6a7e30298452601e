package cloud.wuye.payment.order;

import org.eclipse.microprofile.graphql.Description;

/** How a person has settled a payment in another currency. */
@Description("How a person has settled a payment in another currency, which no books hold.")
public enum ForeignSettlement {
    @Description("已在渠道退款: it was given back in the channel's own back office.")
    REFUNDED_AT_CHANNEL,
    @Description("已核销: it stays where it is, and nobody will ask for it.")
    WRITTEN_OFF
}
