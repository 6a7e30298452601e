package cloud.wuye.device.metering.credit;

import org.eclipse.microprofile.graphql.Description;

/** What becomes of what is left when credit is cleared. */
@Description("What becomes of what is left when credit is cleared.")
public enum Remainder {
    @Description("Its money is owed to the customer, and paid out by a person.")
    PAY_BACK,
    @Description("Nobody is owed anything: credit is given up by the customer, arrears by the company.")
    WRITE_OFF
}
