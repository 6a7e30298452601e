package cloud.wuye.device.metering.report;

import cloud.wuye.device.metering.MeterRegister;
import cloud.wuye.device.registry.DeviceKind;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What a meter used in a day or month, as clients see it. */
@Type("ConsumptionRecord")
@Description("能耗记录: what a meter used in a day or month at a service point.")
public record ConsumptionRecordView(
        @NonNull @Description("The day; of a month its first.") LocalDate day,
        @Id @NonNull @Description("The meter.") UUID deviceId,
        @NonNull @Description("表号: its number.") String meterNo,
        @NonNull @Description("Its name.") String meterName,
        @NonNull @Description("What kind of meter.") DeviceKind kind,
        @Id @Description("The space where it stands now.") UUID spaceId,
        @Id @NonNull @Description("The service point.") UUID pointId,
        @NonNull @Description("The counter.") MeterRegister register,
        @NonNull @Description("用量: kWh or m³.") BigDecimal quantity,
        @Description("Accepted readings in it; 0: all of it is interpolated.") int readings) {
    static ConsumptionRecordView of(Row row) {
        return new ConsumptionRecordView(
                row.getLocalDate("day"),
                row.getUUID("device_id"),
                row.getString("serial_no"),
                row.getString("name"),
                DeviceKind.valueOf(row.getString("kind")),
                row.getUUID("space_id"),
                row.getUUID("service_point_id"),
                MeterRegister.valueOf(row.getString("register")),
                row.getBigDecimal("quantity"),
                row.getInteger("readings"));
    }
}
