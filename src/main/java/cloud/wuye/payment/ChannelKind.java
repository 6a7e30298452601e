package cloud.wuye.payment;

import org.eclipse.microprofile.graphql.Description;

/** A way to pay. */
@Description("A way to pay.")
public enum ChannelKind {
    /** WeChat Pay, API v3, merchant directly connected. */
    @Description("WeChat Pay, API v3, merchant directly connected.")
    WECHAT_PAY
}
