package cloud.wuye.device.metering.settlement;

import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.CreditUnit;
import cloud.wuye.tariff.Commodity;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A settlement of an account, as clients see it. */
@Type("SettlementRecord")
@Description("结算记录: what an account had used and was charged up to a reading. Amounts in yuan, to six decimals.")
public record SettlementRecordView(
        @Id @NonNull @Description("The id.") UUID id,
        @Id @NonNull @Description("The run that it belongs to.") UUID runId,
        @Id @NonNull @Description("The service point.") UUID pointId,
        @Id @NonNull @Description("The meter.") UUID deviceId,
        @NonNull @Description("表号: its number.") String meterNo,
        @NonNull @Description("What is settled.") Commodity commodity,
        @NonNull @Description("How it is paid for.") BillingMode mode,
        @NonNull @Description("What its credit is counted in.") CreditUnit unit,
        @NonNull @Description("The reading from which on.") Instant fromAt,
        @NonNull @Description("The reading up to which.") Instant toAt,
        @Description("起度: what the meter showed then; absent if another one served.") BigDecimal fromRegister,
        @Description("止度: what it showed at the end.") BigDecimal toRegister,
        @NonNull @Description("用量: kWh or m³, corrections of earlier settlements included.") BigDecimal quantity,
        @NonNull @Description("By the energy price.") BigDecimal energyAmount,
        @NonNull @Description("By the service price.") BigDecimal serviceAmount,
        @NonNull @Description("Credit but for this usage, in its unit.") BigDecimal creditBefore,
        @NonNull @Description("Credit with it.") BigDecimal creditAfter,
        @NonNull @Description("When it was settled.") Instant settledAt,
        @NonNull @Description("Who asked for it.") String byName) {
    static final String SELECT =
            """
            select r.id, r.run_id, r.point_id, r.device_id, d.serial_no, r.commodity, r.mode, r.unit, r.from_at, r.to_at,
              r.from_register, r.to_register, r.quantity, r.energy_amount, r.service_amount, r.credit_before, r.credit_after,
              r.settled_at, r.by_name
            from settlement_record r join device d on d.tenant_id = r.tenant_id and d.id = r.device_id""";

    static SettlementRecordView of(Row row) {
        return new SettlementRecordView(
                row.getUUID("id"),
                row.getUUID("run_id"),
                row.getUUID("point_id"),
                row.getUUID("device_id"),
                row.getString("serial_no"),
                Commodity.valueOf(row.getString("commodity")),
                BillingMode.valueOf(row.getString("mode")),
                CreditUnit.valueOf(row.getString("unit")),
                row.getOffsetDateTime("from_at").toInstant(),
                row.getOffsetDateTime("to_at").toInstant(),
                row.getBigDecimal("from_register"),
                row.getBigDecimal("to_register"),
                row.getBigDecimal("quantity"),
                row.getBigDecimal("energy_amount"),
                row.getBigDecimal("service_amount"),
                row.getBigDecimal("credit_before"),
                row.getBigDecimal("credit_after"),
                row.getOffsetDateTime("settled_at").toInstant(),
                row.getString("by_name"));
    }
}
