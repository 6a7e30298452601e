package cloud.wuye.device.metering.resident;

import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.CreditAuthority;
import cloud.wuye.device.metering.account.CreditUnit;
import cloud.wuye.device.registry.DeviceKind;
import cloud.wuye.platform.paging.Select;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A meter as those see it who live with it. It leads nowhere else: not to the house, not to the neighbours. */
@Type("MyMeter")
@Description("A meter of the caller's: in a space that they occupy, or one that they are asked to pay for.")
public record MyMeterView(
        @Id @NonNull @Description("The meter.") UUID id,
        @NonNull @Description("Its number.") String meterNo,
        @Description("What people call it.") String name,
        @NonNull @Description("Electricity or water.") DeviceKind kind,
        @Description("Where it is.") String spaceName,
        @Description("Before use or after; absent where nobody pays for it.") BillingMode mode,
        @Description("What credit is counted in.") CreditUnit unit,
        @Description("剩余: what stands to its credit; negative when overdrawn, or when used and not billed yet.")
                BigDecimal credit,
        @Description("Below which credit a warning comes.") BigDecimal lowLevel,
        @Description("可透支额度: how far below zero credit may fall before supply is cut off.") BigDecimal overdraftLimit,
        @Description("应急额度: how much further it may fall once emergency credit is taken; 0 where there is none.")
                BigDecimal emergencyLimit,
        @NonNull @Description("How emergency credit stands.") MyEmergencyCredit emergencyCredit,
        @Description("Whether it is supplied, as it said last: ON or OFF.") String supply,
        @Description("Why it is held off, the latest reason; absent while nothing holds it.") String heldFor,
        @NonNull @Description("Used today by the company's calendar, kWh or m³.") BigDecimal usedToday,
        @NonNull @Description("Used this month, kWh or m³.") BigDecimal usedThisMonth,
        @Description("What its counter showed last.") BigDecimal register,
        @Description("When it showed that.") Instant readAt) {

    static Select select(Instant now) {
        OffsetDateTime at = now.atOffset(java.time.ZoneOffset.UTC);
        return Select.of(
                """
                select d.id, d.serial_no, d.name, d.kind, p.name as space_name, a.mode, a.unit, a.low_levels, a.authority, a.overdraft_limit, a.emergency_limit, b.credit,
                  k.emergency_at is not null as emergency_taken,
                  coalesce(w.acked, w.desired) as supply,
                  (select h.reason from supply_hold h where h.tenant_id = d.tenant_id and h.device_id = d.id and h.released_at is null
                   order by h.since desc limit 1) as held_for,
                  (select coalesce(sum(c.quantity), 0) from consumption_by_day c where c.tenant_id = d.tenant_id and c.device_id = d.id
                   and c.register = 'TOTAL' and c.day = (? at time zone t.zone)::date) as used_today,
                  (select coalesce(sum(c.quantity), 0) from consumption_by_day c where c.tenant_id = d.tenant_id and c.device_id = d.id
                   and c.register = 'TOTAL' and c.day >= date_trunc('month', ? at time zone t.zone)::date) as used_this_month,
                  s.base_value, s.base_at
                from device d
                join tenant t on t.id = d.tenant_id
                left join space p on p.tenant_id = d.tenant_id and p.id = d.space_id
                left join meter_account a on a.tenant_id = d.tenant_id and a.device_id = d.id and a.closed_at is null
                left join meter_balance b on b.tenant_id = a.tenant_id and b.point_id = a.point_id
                left join credit_watch k on k.tenant_id = a.tenant_id and k.point_id = a.point_id
                left join supply_switch w on w.tenant_id = d.tenant_id and w.device_id = d.id
                left join meter_state s on s.tenant_id = d.tenant_id and s.device_id = d.id and s.register = 'TOTAL'""",
                at,
                at);
    }

    static MyMeterView of(Row row) {
        String mode = row.getString("mode");
        BigDecimal[] levels = mode == null ? new BigDecimal[0] : row.getArrayOfBigDecimals("low_levels");
        OffsetDateTime readAt = row.getOffsetDateTime("base_at");
        return new MyMeterView(
                row.getUUID("id"),
                row.getString("serial_no"),
                row.getString("name"),
                DeviceKind.valueOf(row.getString("kind")),
                row.getString("space_name"),
                mode == null ? null : BillingMode.valueOf(mode),
                mode == null ? null : CreditUnit.valueOf(row.getString("unit")),
                row.getBigDecimal("credit"),
                levels.length == 0 ? null : levels[0],
                mode == null ? null : row.getBigDecimal("overdraft_limit"),
                mode == null ? null : row.getBigDecimal("emergency_limit"),
                emergencyCredit(row),
                row.getString("supply"),
                row.getString("held_for"),
                row.getBigDecimal("used_today"),
                row.getBigDecimal("used_this_month"),
                row.getBigDecimal("base_value"),
                readAt == null ? null : readAt.toInstant());
    }

    /** Only credit that the service counts down can be overdrawn. */
    private static MyEmergencyCredit emergencyCredit(Row row) {
        BigDecimal limit = row.getBigDecimal("emergency_limit");
        if (!BillingMode.PREPAID.name().equals(row.getString("mode"))
                || !CreditAuthority.PLATFORM.name().equals(row.getString("authority"))
                || limit.signum() == 0) {
            return MyEmergencyCredit.NONE;
        }
        if (row.getBigDecimal("credit").signum() >= 0) {
            return MyEmergencyCredit.NOT_NEEDED;
        }
        return row.getBoolean("emergency_taken") ? MyEmergencyCredit.TAKEN : MyEmergencyCredit.AVAILABLE;
    }
}
