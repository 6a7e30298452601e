package cloud.wuye.device.metering.credit;

import org.eclipse.microprofile.graphql.Description;

/** Why a meter's credit is written. */
@Description("Why the credit of a meter is written.")
public enum PurchaseKind {
    @Description("充值: bought.")
    TOP_UP,
    @Description("Carried over from the meter before it, or from credit that the service counted.")
    CARRIED,
    @Description("清零: set to zero.")
    CLEAR
}
