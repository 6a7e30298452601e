package cloud.wuye.payment.reconciliation;

import org.eclipse.microprofile.graphql.Description;

/** How a person settled a difference. */
@Description("How a person settled a difference.")
public enum DifferenceResolution {
    @Description("The channel was wrong and has said so.")
    CHANNEL_MISTAKE,
    @Description("We were wrong; it was corrected in the books.")
    OWN_MISTAKE,
    @Description("The money was paid, or paid back, outside of this system.")
    SETTLED_OUTSIDE,
    @Description("It is accepted as it is.")
    ACCEPTED
}
