package cloud.wuye.device.metering.resident;

import org.eclipse.microprofile.graphql.Description;

/** How the emergency credit of a resident's meter stands. */
@Description("How the emergency credit of a meter stands.")
public enum MyEmergencyCredit {
    @Description("The meter has none.")
    NONE,
    @Description("Credit is not used up: there is no need of it.")
    NOT_NEEDED,
    @Description("It can be taken now.")
    AVAILABLE,
    @Description("It is taken; it is repaid when credit is zero again.")
    TAKEN
}
