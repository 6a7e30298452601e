package cloud.wuye.device.metering.report;

import org.eclipse.microprofile.graphql.Description;

/** What a consumption record is about. */
@Description("What a consumption record is about.")
public enum RecordPeriod {
    @Description("A day.")
    DAY,
    @Description("A month.")
    MONTH
}
