package cloud.wuye.payment.order;

import cloud.wuye.payment.Prepaid;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** Parameters of {@code wx.requestPayment}. */
@Type("WeChatPayParameters")
@Description("Parameters of wx.requestPayment, signed by the merchant.")
public record ClientParametersView(
        @Description("The parameter called appId.") String appid,
        @Description("timeStamp.") String timeStamp,
        @Description("nonceStr.") String nonceStr,
        @Description("The parameter called package.") String packageValue,
        @Description("signType.") String signType,
        @Description("paySign.") String paySign) {
    /** Those of an order that is paid inside WeChat; null for one that is paid otherwise. */
    public static ClientParametersView of(Prepaid prepaid) {
        return prepaid instanceof Prepaid.ClientParameters client
                ? new ClientParametersView(
                        client.appId(),
                        client.timeStamp(),
                        client.nonceStr(),
                        client.packageValue(),
                        client.signType(),
                        client.paySign())
                : null;
    }
}
