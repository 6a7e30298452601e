package cloud.wuye.device.metering.report;

import cloud.wuye.device.metering.MeterRegister;
import cloud.wuye.device.registry.DeviceKind;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which consumption records a list shows; absent fields filter nothing. */
@Input("ConsumptionRecordFilterInput")
@Description("Which consumption records a list shows. Absent fields filter nothing.")
public record ConsumptionRecordFilterInput(
        @Description("By the day or by the month. Absent: DAY.") RecordPeriod by,
        @Description("Which counter. Absent: TOTAL.") MeterRegister register,
        @Id @Description("Only those of this meter.") UUID deviceId,
        @Id @Description("Only those of this service point.") UUID pointId,
        @Id @Description("Only those of meters in this space or below it.") UUID within,
        @Description("Only those of this kind of meter.") DeviceKind kind,
        @Description("Those whose meter's number begins like this.") String meterNo,
        @Description("Only use of this day and later ones.") LocalDate from,
        @Description("Only use of days before this one.") LocalDate to) {
    static final ConsumptionRecordFilterInput NONE =
            new ConsumptionRecordFilterInput(null, null, null, null, null, null, null, null, null);

    boolean byMonth() {
        return by == RecordPeriod.MONTH;
    }

    MeterRegister registerOrTotal() {
        return register == null ? MeterRegister.TOTAL : register;
    }
}
