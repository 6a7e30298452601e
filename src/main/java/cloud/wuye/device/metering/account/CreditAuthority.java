package cloud.wuye.device.metering.account;

import org.eclipse.microprofile.graphql.Description;

/** Who counts credit down and switches. */
@Description("Who counts credit down and switches.")
public enum CreditAuthority {
    @Description("The service: it charges each reading and switches by policy.")
    PLATFORM,
    @Description("The meter: credit is written to it, and it switches by itself. The service charges nothing.")
    METER
}
