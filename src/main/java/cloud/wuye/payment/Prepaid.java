package cloud.wuye.payment;

/** What the payer's client needs to go on. Neither says that anything is paid. */
public sealed interface Prepaid {
    /**
     * The parameters of {@code wx.requestPayment}, signed by the merchant.
     *
     * @param packageValue the parameter called {@code package}
     */
    record ClientParameters(
            String appId, String timeStamp, String nonceStr, String packageValue, String signType, String paySign)
            implements Prepaid {}

    /** The text of a QR code. */
    record QrCode(String text) implements Prepaid {}
}
