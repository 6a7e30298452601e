package cloud.wuye.device.metering;

import org.eclipse.microprofile.graphql.Description;

/** What was noticed about a reading. */
@Description("What was noticed about a reading.")
public enum ReadingFinding {
    @Description("The counter passed its highest number and began anew; counted.")
    ROLLOVER,
    @Description("Lower than the one before, and not by a rollover.")
    NEGATIVE,
    @Description("More than the meter can carry in that time.")
    JUMP,
    @Description("The meter was not installed anywhere then.")
    NOT_INSTALLED
}
