package cloud.wuye.device.metering.billing;

import cloud.wuye.payment.Prepaid;
import cloud.wuye.payment.order.ClientParametersView;
import cloud.wuye.payment.order.PlacedOrder;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** The order with which a bill is going to be paid, and what the payer's client needs to pay it. */
@Type("PayMyMeterBill")
@Description(
        "An order to pay a bill, and what the payer's client needs. It says nothing of whether it is paid: watch the"
                + " bill.")
public record PayMyMeterBillView(
        @NonNull @Description("The order.") BillPaymentView order,
        @Description("The text of a QR code; with method QR, and while it is to be paid.") String qrCode,
        @Description("Parameters of wx.requestPayment; with method IN_APP, and while it is to be paid.")
                ClientParametersView inApp) {
    /** The order, and what pays it; null: it is paid. */
    static PayMyMeterBillView of(PlacedOrder order, Prepaid prepaid) {
        return new PayMyMeterBillView(
                BillPaymentView.of(order),
                prepaid instanceof Prepaid.QrCode qr ? qr.text() : null,
                ClientParametersView.of(prepaid));
    }
}
