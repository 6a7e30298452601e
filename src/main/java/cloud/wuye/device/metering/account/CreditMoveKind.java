package cloud.wuye.device.metering.account;

import org.eclipse.microprofile.graphql.Description;

/** What moved a credit, other than usage. */
@Description("What moved a credit, other than usage.")
public enum CreditMoveKind {
    @Description("充值: bought.")
    TOP_UP,
    @Description("退款: taken back, its money returned.")
    REFUND,
    @Description("清零: set to zero.")
    CLEAR,
    @Description("Carried over from or to another meter or unit.")
    CARRIED,
    @Description("Put right by a person.")
    ADJUSTED,
    @Description("结算: billed usage, which the bill asks for now.")
    SETTLED
}
