package cloud.wuye.device.metering.account;

import org.eclipse.microprofile.graphql.Description;

/** How usage is paid for. */
@Description("How usage is paid for.")
public enum BillingMode {
    @Description("预付费: bought before it is used.")
    PREPAID,
    @Description("抄表后付费: read by periods, then billed.")
    POSTPAID
}
