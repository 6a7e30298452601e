package cloud.wuye.device.metering.cutoff;

import org.eclipse.microprofile.graphql.Description;

/** Why supply is not cut although credit is used up. */
@Description("Why supply is not cut although credit is used up.")
public enum SpareReason {
    @Description("欠费不断电: this account is never cut off.")
    KEEP_SUPPLY,
    @Description("Its readings do not add up; a person may have to look.")
    ANOMALY,
    @Description("The meter's clock cannot be trusted.")
    CLOCK_DOUBTED,
    @Description("Its usage is being charged anew, or there is no price.")
    CHARGE_PENDING,
    @Description("It has not been read for too long.")
    NO_FRESH_READING,
    @Description("It has been paid for; the credit is on its way.")
    PAID,
    @Description("Somebody is about to pay.")
    PAYMENT_PENDING,
    @Description("Night, weekend or holiday: nobody is cut off now.")
    QUIET_TIME,
    @Description("Enough were cut off in this building within the hour.")
    TOO_MANY_AT_ONCE
}
