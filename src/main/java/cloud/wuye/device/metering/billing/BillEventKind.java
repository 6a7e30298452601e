package cloud.wuye.device.metering.billing;

import org.eclipse.microprofile.graphql.Description;

/** What became of a bill. */
@Description("What became of a bill.")
public enum BillEventKind {
    @Description("It was issued.")
    ISSUED,
    @Description("Something was paid of it.")
    PAYMENT,
    @Description("A payment was taken back, to be refunded.")
    PAYMENT_TAKEN_BACK,
    @Description("It became overdue.")
    OVERDUE,
    @Description("What was left was given up.")
    WRITTEN_OFF
}
