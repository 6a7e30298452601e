package cloud.wuye.device.supply;

import cloud.wuye.device.supply.SwitchEventList.Line;
import cloud.wuye.platform.export.ExportColumn;
import cloud.wuye.platform.export.ExportList;
import cloud.wuye.platform.export.Labels;
import cloud.wuye.platform.export.Words;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The on/off log as a file. */
@ApplicationScoped
class SwitchEventList implements ExportList<SwitchEventFilterInput, Line> {
    private static final String ROWS =
            """
            select e.*, m.serial_no, m.name as device_name, p.name as space_name
            from switch_event e join device m on m.tenant_id = e.tenant_id and m.id = e.device_id
            left join space p on p.tenant_id = m.tenant_id and p.id = m.space_id""";

    private static final Labels<SwitchEventKind> KINDS = Labels.of(SwitchEventKind.class)
            .and(SwitchEventKind.HOLD_OPENED, "开始断电", "hold opened")
            .and(SwitchEventKind.HOLD_RELEASED, "解除断电", "hold released")
            .and(SwitchEventKind.SWITCHED_ON, "已通电", "switched on")
            .and(SwitchEventKind.SWITCHED_OFF, "已断电", "switched off")
            .and(SwitchEventKind.SWITCH_FAILED, "操作失败", "switching failed");

    /** An entry and its device. */
    record Line(SwitchEventView event, String serialNo, String name, String space) {
        Words reasons() {
            return new Words(
                    event.reasons().stream().map(HoldReason::zh).collect(Collectors.joining("、")),
                    event.reasons().stream().map(HoldReason::en).collect(Collectors.joining(", ")));
        }
    }

    @Override
    public String name() {
        return "switchEvents";
    }

    @Override
    public Words title() {
        return new Words("通断电记录", "On-off log");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN);
    }

    @Override
    public Class<SwitchEventFilterInput> filter() {
        return SwitchEventFilterInput.class;
    }

    @Override
    public Select rows(SwitchEventFilterInput by) {
        return SupplyQueries.passing(by, Select.of(ROWS));
    }

    @Override
    public Keyset order() {
        return SwitchEventSort.AT.keyset();
    }

    @Override
    public Line row(Row row) {
        return new Line(
                SwitchEventView.of(row),
                row.getString("serial_no"),
                row.getString("device_name"),
                row.getString("space_name"));
    }

    @Override
    public List<ExportColumn<Line>> columns() {
        return List.of(
                ExportColumn.text("设备编号", "Device number", Line::serialNo),
                ExportColumn.text("名称", "Name", Line::name),
                ExportColumn.text("位置", "Space", Line::space),
                ExportColumn.instant("时间", "At", line -> line.event().at()),
                ExportColumn.choice("事件", "What", line -> line.event().what(), KINDS),
                ExportColumn.words("原因", "Reasons", Line::reasons),
                ExportColumn.text("操作人", "By", line -> line.event().by()),
                ExportColumn.text("备注", "Note", line -> line.event().note()));
    }
}
