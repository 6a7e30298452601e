package cloud.wuye.device.metering.topup;

import cloud.wuye.payment.Prepaid;
import cloud.wuye.payment.order.ClientParametersView;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** What the payer's client needs to go on. */
@Type("PayTopUp")
@Description("What the payer's client needs to pay. It says nothing of whether it is paid: watch the payment record.")
public record PayTopUpView(
        @Description("The text of a QR code; with method QR.") String qrCode,
        @Description("Parameters of wx.requestPayment; with method IN_APP.") ClientParametersView inApp) {
    static PayTopUpView of(Prepaid prepaid) {
        return new PayTopUpView(
                prepaid instanceof Prepaid.QrCode qr ? qr.text() : null, ClientParametersView.of(prepaid));
    }
}
