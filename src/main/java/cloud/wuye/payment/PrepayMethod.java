package cloud.wuye.payment;

import org.eclipse.microprofile.graphql.Description;

/** Where the payer confirms. */
@Description("Where the payer confirms.")
public enum PrepayMethod {
    /** In the mini-program or a page inside the channel's app (JSAPI). */
    @Description("In the mini-program or a page inside the channel's app (JSAPI).")
    IN_APP,
    /** By scanning a code that staff or a screen show (NATIVE). */
    @Description("By scanning a code that staff or a screen show (NATIVE).")
    QR
}
