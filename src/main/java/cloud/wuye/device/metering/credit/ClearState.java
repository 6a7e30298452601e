package cloud.wuye.device.metering.credit;

import org.eclipse.microprofile.graphql.Description;

/** How far a clearing is. */
@Description("How far a clearing is.")
public enum ClearState {
    @Description("The meter was not heard to have done it yet.")
    UNDER_WAY,
    @Description("Credit is zero, and the books say so.")
    DONE,
    @Description("The meter did not take it; nothing has changed.")
    FAILED
}
