package cloud.wuye.device.metering;

import cloud.wuye.device.metering.ConsumptionDayList.Line;
import cloud.wuye.platform.export.ExportColumn;
import cloud.wuye.platform.export.ExportList;
import cloud.wuye.platform.export.Words;
import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What each meter counted on each day of the company's calendar, as a file; days of which nothing is known are left out. */
@ApplicationScoped
class ConsumptionDayList implements ExportList<ConsumptionDayFilterInput, Line> {
    /** A day has 23, 24 or 25 hours. */
    private static final String ROWS =
            "SELECT c.day, c.device_id, c.register, c.service_point_id, c.quantity, c.readings,"
                    + " c.covered_us >= 1000000 * extract(epoch FROM ((c.day + 1)::timestamp AT TIME ZONE t.zone)"
                    + " - (c.day::timestamp AT TIME ZONE t.zone)) AS complete, " + MeterLabels.COLUMNS
                    + " FROM consumption_by_day c JOIN tenant t ON t.id = c.tenant_id "
                    + MeterLabels.JOIN.formatted("c");

    private static final Keyset NEWEST = Keyset.by(
            Key.desc("c.day", KeyType.DATE),
            Key.desc("c.device_id", KeyType.UUID),
            Key.desc("c.register", KeyType.TEXT),
            Key.desc("c.service_point_id", KeyType.UUID));

    /**
     * What a counter counted on a day at a service point.
     *
     * @param complete whether all of the day lies between readings
     * @param interpolated whether no reading lies in it
     */
    record Line(
            MeterLabels meter,
            UUID servicePoint,
            MeterRegister register,
            LocalDate day,
            BigDecimal quantity,
            boolean complete,
            boolean interpolated) {}

    @Override
    public String name() {
        return "consumptionByDay";
    }

    @Override
    public Words title() {
        return new Words("日用量", "Consumption by day");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN);
    }

    @Override
    public Class<ConsumptionDayFilterInput> filter() {
        return ConsumptionDayFilterInput.class;
    }

    @Override
    public void check(ConsumptionDayFilterInput by) {
        if (by.from() != null && by.to() != null && !by.from().isBefore(by.to())) {
            throw new Problem(ProblemCode.VALIDATION, "filter.to", Detail.of("须晚于 {0}", "must be after {0}", "from"));
        }
    }

    @Override
    public Select rows(ConsumptionDayFilterInput by) {
        Select days = Select.of(ROWS)
                .where("(c.covered_us > 0 OR c.readings > 0)")
                .eq("c.device_id", by.deviceId())
                .eq("c.service_point_id", by.servicePointId())
                .in("c.register", by.registers());
        if (by.from() != null) {
            days.where("c.day >= ?", by.from());
        }
        return by.to() == null ? days : days.where("c.day < ?", by.to());
    }

    @Override
    public Keyset order() {
        return NEWEST;
    }

    @Override
    public Line row(Row row) {
        return new Line(
                MeterLabels.of(row),
                row.getUUID("service_point_id"),
                MeterRegister.valueOf(row.getString("register")),
                row.getLocalDate("day"),
                row.getBigDecimal("quantity"),
                row.getBoolean("complete"),
                row.getInteger("readings") == 0);
    }

    @Override
    public List<ExportColumn<Line>> columns() {
        return List.of(
                ExportColumn.date("日期", "Day", Line::day),
                ExportColumn.text("表号", "Meter number", line -> line.meter().serialNo()),
                ExportColumn.text("名称", "Name", line -> line.meter().name()),
                ExportColumn.text("位置", "Space", line -> line.meter().space()),
                ExportColumn.text("计量点", "Service point", Line::servicePoint),
                ExportColumn.choice("计量项", "Counter", Line::register, MeterLabels.REGISTERS),
                ExportColumn.decimal("用量", "Used", 4, Line::quantity),
                ExportColumn.yesNo("完整", "Complete", Line::complete),
                ExportColumn.yesNo("按时间折算", "Interpolated", Line::interpolated));
    }
}
