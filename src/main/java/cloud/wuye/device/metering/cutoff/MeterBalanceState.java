package cloud.wuye.device.metering.cutoff;

import org.eclipse.microprofile.graphql.Description;

/** How a prepaid account stands. */
@Description("How a prepaid account stands.")
public enum MeterBalanceState {
    @Description("There is credit.")
    GOOD,
    @Description("余量不足: credit is below one of its levels.")
    LOW,
    @Description("Credit is used up; overdraft or emergency credit is being used.")
    OVERDRAWN,
    @Description("Beyond all limits, and spared for a reason, or about to be cut off.")
    SPARED,
    @Description("欠费断电: supply is held off.")
    HELD
}
