package cloud.wuye.payment;

/** Where the payer confirms. */
public enum PrepayMethod {
    /** In the mini-program or a page inside the channel's app (JSAPI). */
    IN_APP,
    /** By scanning a code that staff or a screen show (NATIVE). */
    QR
}
