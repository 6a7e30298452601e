package cloud.wuye.device.metering;

import cloud.wuye.device.metering.MeterReadingList.Line;
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

/** Meter readings as a file. */
@ApplicationScoped
class MeterReadingList implements ExportList<MeterReadingFilterInput, Line> {
    private static final String ROWS = "SELECT " + MeterReadingView.COLUMNS + ", " + MeterLabels.COLUMNS
            + " FROM meter_reading r " + MeterLabels.JOIN.formatted("r");

    /** A reading and its meter. */
    record Line(MeterReadingView reading, MeterLabels meter) {}

    @Override
    public String name() {
        return "meterReadings";
    }

    @Override
    public Words title() {
        return new Words("抄表记录", "Meter readings");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN);
    }

    @Override
    public Class<MeterReadingFilterInput> filter() {
        return MeterReadingFilterInput.class;
    }

    @Override
    public Select rows(MeterReadingFilterInput by) {
        return Readings.passing(by, Select.of(ROWS));
    }

    @Override
    public Keyset order() {
        return MeterReadingSort.READ_AT.keyset();
    }

    @Override
    public Line row(Row row) {
        return new Line(MeterReadingView.of(row), MeterLabels.of(row));
    }

    @Override
    public List<ExportColumn<Line>> columns() {
        return List.of(
                ExportColumn.text("表号", "Meter number", line -> line.meter().serialNo()),
                ExportColumn.text("名称", "Name", line -> line.meter().name()),
                ExportColumn.text("位置", "Space", line -> line.meter().space()),
                ExportColumn.choice("计量项", "Counter", line -> line.reading().register(), MeterLabels.REGISTERS),
                ExportColumn.decimal("读数", "Reading", 4, line -> line.reading().value()),
                ExportColumn.instant("抄表时间", "Read at", line -> line.reading().readAt()),
                ExportColumn.instant(
                        "接收时间", "Received at", line -> line.reading().receivedAt()),
                ExportColumn.instant(
                        "设备时间", "Meter's clock", line -> line.reading().deviceTime()),
                ExportColumn.yesNo(
                        "时钟存疑", "Clock doubted", line -> line.reading().clockDoubted()),
                ExportColumn.choice("来源", "Origin", line -> line.reading().origin(), MeterLabels.ORIGINS),
                ExportColumn.choice("质量", "Quality", line -> line.reading().quality(), MeterLabels.QUALITIES),
                ExportColumn.choice("发现", "Finding", line -> line.reading().finding(), MeterLabels.FINDINGS),
                ExportColumn.text("原因", "Reason", line -> line.reading().reason()));
    }
}
