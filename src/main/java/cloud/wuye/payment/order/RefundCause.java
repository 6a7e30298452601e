package cloud.wuye.payment.order;

import org.eclipse.microprofile.graphql.Description;

/** Why money goes back. */
@Description("Why money goes back.")
public enum RefundCause {
    @Description("A person asked for it.")
    ASKED,
    @Description("重复支付: the order had been paid otherwise already.")
    SURPLUS,
    @Description("What the order buys could not be given.")
    NOT_CREDITED
}
