package cloud.wuye.device.metering.cutoff;

import org.eclipse.microprofile.graphql.Description;

/** What happened to an account's credit. */
@Description("What happened to an account's credit.")
public enum CreditEventKind {
    @Description("余量不足: it fell below a level of the account's.")
    LOW_CREDIT,
    @Description("余额用尽: it fell below zero.")
    EXHAUSTED,
    @Description("Emergency credit was taken.")
    EMERGENCY_STARTED,
    @Description("欠费断电: supply is held off.")
    HELD,
    @Description("Supply is spared, for a reason.")
    SPARED,
    @Description("Supply is given back.")
    RESTORED
}
