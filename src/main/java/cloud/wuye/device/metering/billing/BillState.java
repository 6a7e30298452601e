package cloud.wuye.device.metering.billing;

import org.eclipse.microprofile.graphql.Description;

/** How a bill stands. */
@Description("How a bill stands.")
public enum BillState {
    @Description("待缴: issued, nothing paid yet.")
    ISSUED,
    @Description("部分缴费: paid in part, not overdue.")
    PARTLY_PAID,
    @Description("逾期: not paid in full when its time, grace included, was over.")
    OVERDUE,
    @Description("已缴清: nothing is left to pay.")
    PAID,
    @Description("已核销: what was left has been given up.")
    WRITTEN_OFF;

    /** Whether something is left to be paid. */
    boolean unpaid() {
        return this == ISSUED || this == PARTLY_PAID || this == OVERDUE;
    }
}
