package cloud.wuye.payment.reconciliation;

import org.eclipse.microprofile.graphql.Description;

/** How the channel's bill and our books can differ. */
@Description("How a channel's bill and our books can differ.")
public enum DifferenceKind {
    @Description("长款: the channel has a payment that we do not have.")
    LOCAL_MISSING,
    @Description("短款: we have a payment that the channel does not have.")
    CHANNEL_MISSING,
    @Description("金额不符: both have it, with other amounts.")
    AMOUNT_DIFFERS,
    @Description("状态不符: we hold it paid in full, the channel revoked it or took another currency.")
    STATE_DIFFERS,
    @Description("退款不符: a refund is missing on one side, has another amount, or has gone back twice.")
    REFUND_DIFFERS
}
