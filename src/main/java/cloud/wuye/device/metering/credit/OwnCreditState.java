package cloud.wuye.device.metering.credit;

import org.eclipse.microprofile.graphql.Description;

/** What comes of holding a meter's own credit against what the service knows of it. */
@Description("What comes of holding a meter's own credit against what the service knows of it.")
public enum OwnCreditState {
    @Description("The meter has said nothing yet that could be compared.")
    UNKNOWN,
    @Description("The meter says what the service expects.")
    AGREES,
    @Description("异常: the meter says something else than bought less used. A person has to find out why.")
    DIFFERS,
    @Description(
            "A person has found out why, and the service goes by the meter's word. Its next one is compared again.")
    RESOLVED
}
