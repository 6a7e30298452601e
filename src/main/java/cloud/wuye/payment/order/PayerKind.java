package cloud.wuye.payment.order;

import org.eclipse.microprofile.graphql.Description;

/** What kind of customer pays (用户类型). */
@Description("What kind of customer pays.")
public enum PayerKind {
    @Description("会员: a resident with an account.")
    MEMBER,
    @Description("游客: somebody without one.")
    GUEST
}
