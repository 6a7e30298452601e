package cloud.wuye.device.metering.cutoff;

import org.eclipse.microprofile.graphql.Description;

/** What is decided about an account's supply. */
@Description("What is decided about an account's supply.")
public enum CutOffOutcome {
    @Description("Nothing: supply is as it should be.")
    NOTHING,
    @Description("It is held off for arrears.")
    HOLD,
    @Description("It would be held off, but is spared.")
    SPARE,
    @Description("It is given back.")
    RELEASE,
    @Description("It may be given back, by a person.")
    WAIT_FOR_PERSON
}
