package cloud.wuye.device.metering;

import cloud.wuye.device.registry.DeviceKind;
import org.eclipse.microprofile.graphql.Description;

/** What a meter counts. */
@Description("What a meter counts.")
public enum MeterUnit {
    @Description("Kilowatt hours.")
    KWH,
    @Description("Cubic metres.")
    CUBIC_METRE;

    static MeterUnit of(DeviceKind kind) {
        return kind == DeviceKind.WATER_METER ? CUBIC_METRE : KWH;
    }
}
