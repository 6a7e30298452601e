package cloud.wuye.device.metering.settlement;

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

/** 结算记录 as a file. */
@ApplicationScoped
class SettlementRecordList implements ExportList<SettlementRecordFilterInput, SettlementRecordView> {
    @Override
    public String name() {
        return "settlementRecords";
    }

    @Override
    public Words title() {
        return new Words("结算记录", "Settlements");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE);
    }

    @Override
    public Class<SettlementRecordFilterInput> filter() {
        return SettlementRecordFilterInput.class;
    }

    @Override
    public Select rows(SettlementRecordFilterInput by) {
        return by.narrow(Select.of(SettlementRecordView.SELECT));
    }

    @Override
    public Keyset order() {
        return SettlementRecordSort.SETTLED_AT.keyset();
    }

    @Override
    public SettlementRecordView row(Row row) {
        return SettlementRecordView.of(row);
    }

    @Override
    public List<ExportColumn<SettlementRecordView>> columns() {
        return List.of(
                ExportColumn.text("表号", "Meter number", SettlementRecordView::meterNo),
                ExportColumn.instant("起始时间", "From", SettlementRecordView::fromAt),
                ExportColumn.instant("截止时间", "Until", SettlementRecordView::toAt),
                ExportColumn.decimal("起度", "Register from", 4, SettlementRecordView::fromRegister),
                ExportColumn.decimal("止度", "Register until", 4, SettlementRecordView::toRegister),
                ExportColumn.decimal("用量", "Used", 4, SettlementRecordView::quantity),
                ExportColumn.decimal("电费/水费(元)", "Energy (CNY)", 6, SettlementRecordView::energyAmount),
                ExportColumn.decimal("服务费(元)", "Service (CNY)", 6, SettlementRecordView::serviceAmount),
                ExportColumn.decimal("结算前余额", "Credit before", 6, SettlementRecordView::creditBefore),
                ExportColumn.decimal("结算后余额", "Credit after", 6, SettlementRecordView::creditAfter),
                ExportColumn.instant("结算时间", "Settled", SettlementRecordView::settledAt),
                ExportColumn.text("操作人", "By", SettlementRecordView::byName));
    }
}
