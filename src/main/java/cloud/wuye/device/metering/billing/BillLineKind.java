package cloud.wuye.device.metering.billing;

import org.eclipse.microprofile.graphql.Description;

/** Why a line stands on a bill. */
@Description("Why a line stands on a bill.")
public enum BillLineKind {
    @Description("Used in the bill's own period, by readings.")
    USAGE,
    @Description("Used in an earlier period, other than its bill said.")
    CORRECTION,
    @Description("估抄: the meter was not read in time; what it probably used. The next bill takes it back.")
    ESTIMATED,
    @Description("An estimate of the bill before, taken back.")
    TAKEN_BACK
}
