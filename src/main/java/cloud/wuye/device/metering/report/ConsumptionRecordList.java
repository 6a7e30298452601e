package cloud.wuye.device.metering.report;

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

/** 能耗记录 as a file. */
@ApplicationScoped
class ConsumptionRecordList implements ExportList<ConsumptionRecordFilterInput, ConsumptionRecordView> {
    @Override
    public String name() {
        return "consumptionRecords";
    }

    @Override
    public Words title() {
        return new Words("能耗记录", "Consumption");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN);
    }

    @Override
    public Class<ConsumptionRecordFilterInput> filter() {
        return ConsumptionRecordFilterInput.class;
    }

    @Override
    public Select rows(ConsumptionRecordFilterInput by) {
        return MeterReports.passing(by);
    }

    @Override
    public Keyset order() {
        return ConsumptionRecordSort.PERIOD.keyset();
    }

    @Override
    public ConsumptionRecordView row(Row row) {
        return ConsumptionRecordView.of(row);
    }

    @Override
    public List<ExportColumn<ConsumptionRecordView>> columns() {
        return List.of(
                ExportColumn.date("日期", "Day", ConsumptionRecordView::day),
                ExportColumn.text("表号", "Meter number", ConsumptionRecordView::meterNo),
                ExportColumn.text("名称", "Name", ConsumptionRecordView::meterName),
                ExportColumn.decimal("用量", "Used", 4, ConsumptionRecordView::quantity),
                ExportColumn.whole("有效读数", "Readings", ConsumptionRecordView::readings));
    }
}
