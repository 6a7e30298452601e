package cloud.wuye.device.metering.credit;

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

/** 清零记录 as a file. */
@ApplicationScoped
class MeterClearRecordList implements ExportList<MeterClearRecordFilterInput, MeterClearView> {
    private static final Labels<Remainder> REMAINDERS = Labels.of(Remainder.class)
            .and(Remainder.PAY_BACK, "退还", "paid back")
            .and(Remainder.WRITE_OFF, "核销", "written off");
    private static final Labels<ClearState> STATES = Labels.of(ClearState.class)
            .and(ClearState.UNDER_WAY, "进行中", "under way")
            .and(ClearState.DONE, "已完成", "done")
            .and(ClearState.FAILED, "失败", "failed");

    @Override
    public String name() {
        return "meterClearRecords";
    }

    @Override
    public Words title() {
        return new Words("清零记录", "Clearings");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE);
    }

    @Override
    public Class<MeterClearRecordFilterInput> filter() {
        return MeterClearRecordFilterInput.class;
    }

    @Override
    public Select rows(MeterClearRecordFilterInput by) {
        return CreditQueries.passing(by);
    }

    @Override
    public Keyset order() {
        return MeterClearRecordSort.CREATED_AT.keyset();
    }

    @Override
    public MeterClearView row(Row row) {
        return MeterClearView.of(row);
    }

    @Override
    public List<ExportColumn<MeterClearView>> columns() {
        return List.of(
                ExportColumn.instant("时间", "At", MeterClearView::createdAt),
                ExportColumn.text("表计", "Meter", MeterClearView::deviceId),
                ExportColumn.decimal("表底", "Register", 4, MeterClearView::register),
                ExportColumn.decimal("清零前余额", "Before", 6, MeterClearView::before),
                ExportColumn.decimal("清零后余额", "After", 6, MeterClearView::after),
                ExportColumn.choice("余额处理", "What was left", MeterClearView::remainder, REMAINDERS),
                ExportColumn.yuan("应退(元)", "Owed (CNY)", MeterClearView::refundFen),
                ExportColumn.choice("状态", "State", MeterClearView::state, STATES),
                ExportColumn.text("原因", "Why", MeterClearView::reason),
                ExportColumn.text("操作人", "By", MeterClearView::byName),
                ExportColumn.instant("完成时间", "Done", MeterClearView::endedAt));
    }
}
