package cloud.wuye.device.metering.report;

import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.registry.DeviceConnectivity;
import cloud.wuye.device.registry.DeviceKind;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which meters a list of figures shows; absent fields filter nothing. */
@Input("MeterDetailFilterInput")
@Description("Which meters a list of figures shows. Absent fields filter nothing; retired ones are left out.")
public record MeterDetailFilterInput(
        @Id @Description("Only this meter.") UUID deviceId,
        @Description("ELECTRICITY_METER or WATER_METER.") DeviceKind kind,
        @Id @Description("Only those in this space or below it.") UUID within,
        @Description("Those whose number begins like this.") String meterNo,
        @Description("Only those that answer, or do not.") DeviceConnectivity connectivity,
        @Description("Only those with an open account of this mode.") BillingMode mode) {
    static final MeterDetailFilterInput NONE = new MeterDetailFilterInput(null, null, null, null, null, null);
}
