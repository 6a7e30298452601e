package cloud.wuye.device.metering.topup;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of payment records. */
@Type("PaymentRecordConnection")
@Description("A page of payment records.")
public class PaymentRecordConnection extends Connection<PaymentRecordView, PaymentRecordConnection.PaymentRecordEdge> {
    PaymentRecordConnection(Page<PaymentRecordView> page) {
        super(page, PaymentRecordEdge::new);
    }

    /** A payment record and its place in the list. */
    @Type("PaymentRecordEdge")
    @Description("A payment record and its place in the list.")
    public static class PaymentRecordEdge extends Edge<PaymentRecordView> {
        PaymentRecordEdge(String cursor, PaymentRecordView node) {
            super(cursor, node);
        }
    }
}
