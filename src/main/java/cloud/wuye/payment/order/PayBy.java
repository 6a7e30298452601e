package cloud.wuye.payment.order;

import cloud.wuye.payment.ChannelKind;
import org.eclipse.microprofile.graphql.Description;

/** By which way money comes. */
@Description("By which way money comes.")
public enum PayBy {
    @Description("微信支付.")
    WECHAT,
    @Description("现金: cash, taken by staff against a receipt.")
    CASH,
    @Description("转账: a bank transfer that staff have seen.")
    TRANSFER;

    /** The way to pay that stands before a channel. */
    public static PayBy through(ChannelKind channel) {
        return switch (channel) {
            case WECHAT_PAY -> WECHAT;
        };
    }

    /** Whether staff take the money themselves, so that there is no channel to ask. */
    boolean byHand() {
        return this != WECHAT;
    }
}
