package cloud.wuye.device.metering.topup;

import cloud.wuye.payment.Prepaid;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** What the payer's client needs to go on. */
@Type("PayTopUp")
@Description("What the payer's client needs to pay. It says nothing of whether it is paid: watch the payment record.")
public record PayTopUpView(
        @Description("The text of a QR code; with method QR.") String qrCode,
        @Description("Parameters of wx.requestPayment; with method IN_APP.") ClientParametersView inApp) {

    /** Parameters of {@code wx.requestPayment}. */
    @Type("WeChatPayParameters")
    @Description("Parameters of wx.requestPayment, signed by the merchant.")
    public record ClientParametersView(
            @Description("The parameter called appId.") String appid,
            @Description("timeStamp.") String timeStamp,
            @Description("nonceStr.") String nonceStr,
            @Description("The parameter called package.") String packageValue,
            @Description("signType.") String signType,
            @Description("paySign.") String paySign) {}

    static PayTopUpView of(Prepaid prepaid) {
        if (prepaid instanceof Prepaid.QrCode qr) {
            return new PayTopUpView(qr.text(), null);
        }
        Prepaid.ClientParameters client = (Prepaid.ClientParameters) prepaid;
        return new PayTopUpView(
                null,
                new ClientParametersView(
                        client.appId(),
                        client.timeStamp(),
                        client.nonceStr(),
                        client.packageValue(),
                        client.signType(),
                        client.paySign()));
    }
}
