package cloud.wuye.device.metering;

import cloud.wuye.device.metering.MeterAnomalyList.Line;
import cloud.wuye.platform.export.ExportColumn;
import cloud.wuye.platform.export.ExportList;
import cloud.wuye.platform.export.Words;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Counters that say or said what cannot be, as a file. */
@ApplicationScoped
class MeterAnomalyList implements ExportList<MeterAnomalyFilterInput, Line> {
    private static final String ROWS = "SELECT " + MeterAnomalyView.COLUMNS + ", " + MeterLabels.COLUMNS
            + " FROM meter_anomaly a " + MeterLabels.JOIN.formatted("a");

    /** An anomaly and its meter. */
    record Line(MeterAnomalyView anomaly, MeterLabels meter) {}

    @Override
    public String name() {
        return "meterAnomalies";
    }

    @Override
    public Words title() {
        return new Words("表计异常", "Meter anomalies");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN);
    }

    @Override
    public Class<MeterAnomalyFilterInput> filter() {
        return MeterAnomalyFilterInput.class;
    }

    @Override
    public Select rows(MeterAnomalyFilterInput by) {
        return Anomalies.passing(by, Select.of(ROWS));
    }

    @Override
    public Keyset order() {
        return MeterAnomalySort.FOUND_AT.keyset();
    }

    @Override
    public Line row(Row row) {
        return new Line(MeterAnomalyView.of(row), MeterLabels.of(row));
    }

    @Override
    public List<ExportColumn<Line>> columns() {
        return List.of(
                ExportColumn.text("表号", "Meter number", line -> line.meter().serialNo()),
                ExportColumn.text("名称", "Name", line -> line.meter().name()),
                ExportColumn.text("位置", "Space", line -> line.meter().space()),
                ExportColumn.choice("计量项", "Counter", line -> line.anomaly().register(), MeterLabels.REGISTERS),
                ExportColumn.choice("发现", "Finding", line -> line.anomaly().finding(), MeterLabels.FINDINGS),
                ExportColumn.decimal("首个异常读数", "First such reading", 4, line -> line.anomaly()
                        .value()),
                ExportColumn.instant("抄表时间", "Read at", line -> line.anomaly().readAt()),
                ExportColumn.instant("发现时间", "Found at", line -> line.anomaly().foundAt()),
                ExportColumn.instant("结束时间", "Ended at", line -> line.anomaly().endedAt()));
    }
}
