package cloud.wuye.device.metering.report;

import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.CreditUnit;
import cloud.wuye.device.registry.DeviceConnectivity;
import cloud.wuye.device.registry.DeviceKind;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** All figures of a meter side by side, as clients see them. */
@Type("MeterDetail")
@Description("多表明细: all figures of a meter side by side.")
public record MeterDetailView(
        @Id @NonNull @Description("The meter.") UUID deviceId,
        @NonNull @Description("表号: its number.") String meterNo,
        @NonNull @Description("Its name.") String name,
        @NonNull @Description("What kind of meter.") DeviceKind kind,
        @Id @Description("The space where it stands.") UUID spaceId,
        @Description("That space's name.") String spaceName,
        @NonNull @Description("Whether it answers.") DeviceConnectivity connectivity,
        @Description("When it was heard last.") Instant lastSeenAt,
        @NonNull @Description("What its counters showed last.") List<@NonNull RegisterFigureView> figures,
        @NonNull @Description("今日用量: used today by the company's calendar, kWh or m³.") BigDecimal usedToday,
        @NonNull @Description("本月用量: used this month.") BigDecimal usedThisMonth,
        @Description("How it is paid for; absent without an account.") BillingMode mode,
        @Description("What its credit is counted in.") CreditUnit unit,
        @Description("剩余: what stands to its credit; negative when overdrawn.") BigDecimal credit,
        @Description("ON or OFF: what its switch should be.") String desired,
        @Description("ON, OFF, MOVING or FAULT: what its switch is, as it says.") String reported) {
    /** Takes the instant that is now. */
    static final String SELECT =
            """
            select d.id, d.serial_no, d.name, d.kind, d.space_id, p.name as space_name, d.created_at,
              coalesce(s.connectivity, 'UNKNOWN') as connectivity, s.last_seen_at,
              coalesce(f.figures, '[]'::jsonb) as figures, coalesce(u.today, 0) as today, coalesce(u.month, 0) as month,
              a.mode, a.unit, b.credit, coalesce(w.desired, 'ON') as desired, coalesce(w.acked, s.switch_reported) as reported
            from device d
            join tenant t on t.id = d.tenant_id
            cross join lateral (select (?::timestamptz at time zone t.zone)::date as today) n
            left join space p on p.tenant_id = d.tenant_id and p.id = d.space_id
            left join device_state s on s.device_id = d.id
            left join supply_switch w on w.device_id = d.id
            left join meter_account a on a.tenant_id = d.tenant_id and a.device_id = d.id and a.closed_at is null
            left join meter_balance b on b.tenant_id = a.tenant_id and b.point_id = a.point_id
            left join lateral (
              select jsonb_agg(jsonb_build_object('register', m.register, 'value', m.base_value::text, 'at', m.base_at)
                               order by m.register) as figures
              from meter_state m where m.tenant_id = d.tenant_id and m.device_id = d.id and m.base_at is not null) f on true
            left join lateral (
              select sum(c.quantity) filter (where c.day = n.today) as today, sum(c.quantity) as month
              from consumption_by_day c
              where c.tenant_id = d.tenant_id and c.device_id = d.id and c.register = 'TOTAL'
                and c.day >= date_trunc('month', n.today::timestamp)::date and c.day <= n.today) u on true""";

    static MeterDetailView of(Row row) {
        String mode = row.getString("mode");
        String unit = row.getString("unit");
        OffsetDateTime seen = row.getOffsetDateTime("last_seen_at");
        return new MeterDetailView(
                row.getUUID("id"),
                row.getString("serial_no"),
                row.getString("name"),
                DeviceKind.valueOf(row.getString("kind")),
                row.getUUID("space_id"),
                row.getString("space_name"),
                DeviceConnectivity.valueOf(row.getString("connectivity")),
                seen == null ? null : seen.toInstant(),
                row.get(JsonArray.class, "figures").stream()
                        .map(RegisterFigureView::of)
                        .toList(),
                row.getBigDecimal("today"),
                row.getBigDecimal("month"),
                mode == null ? null : BillingMode.valueOf(mode),
                unit == null ? null : CreditUnit.valueOf(unit),
                row.getBigDecimal("credit"),
                row.getString("desired"),
                row.getString("reported"));
    }
}
