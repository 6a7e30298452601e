package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.export.ExportColumn;
import cloud.wuye.platform.export.ExportList;
import cloud.wuye.platform.export.Labels;
import cloud.wuye.platform.export.Words;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tariff.Commodity;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** 账单 as a file. */
@ApplicationScoped
class MeterBillList implements ExportList<MeterBillFilterInput, MeterBillView> {
    private static final Labels<Commodity> COMMODITIES = Labels.of(Commodity.class)
            .and(Commodity.ELECTRICITY, "电", "electricity")
            .and(Commodity.WATER, "水", "water");

    private static final Labels<BillState> STATES = Labels.of(BillState.class)
            .and(BillState.ISSUED, "待缴", "issued")
            .and(BillState.PARTLY_PAID, "部分缴费", "paid in part")
            .and(BillState.OVERDUE, "逾期", "overdue")
            .and(BillState.PAID, "已缴清", "paid")
            .and(BillState.WRITTEN_OFF, "已核销", "written off");

    @Override
    public String name() {
        return "meterBills";
    }

    @Override
    public Words title() {
        return new Words("账单", "Bills");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE);
    }

    @Override
    public Class<MeterBillFilterInput> filter() {
        return MeterBillFilterInput.class;
    }

    @Override
    public Select rows(MeterBillFilterInput by) {
        return BillQueries.passing(by);
    }

    @Override
    public Keyset order() {
        return MeterBillSort.ISSUED_AT.keyset();
    }

    @Override
    public MeterBillView row(Row row) {
        return MeterBillView.of(row);
    }

    @Override
    public List<ExportColumn<MeterBillView>> columns() {
        return List.of(
                ExportColumn.text("账单编号", "Bill number", MeterBillView::number),
                ExportColumn.text("表号", "Meter number", MeterBillView::meterNo),
                ExportColumn.choice("类别", "Commodity", MeterBillView::commodity, COMMODITIES),
                ExportColumn.instant("起始时间", "From", MeterBillView::fromAt),
                ExportColumn.instant("截止时间", "Until", MeterBillView::untilAt),
                ExportColumn.yesNo("含估抄", "Estimated", MeterBillView::estimated),
                ExportColumn.decimal("止度", "Register", 4, MeterBillView::register),
                ExportColumn.decimal("用量", "Used", 4, MeterBillView::quantity),
                ExportColumn.yuan("本期金额(元)", "Total (CNY)", MeterBillView::totalFen),
                ExportColumn.yuan("上期结转(元)", "Brought (CNY)", MeterBillView::broughtFen),
                ExportColumn.yuan("应缴(元)", "Payable (CNY)", MeterBillView::payableFen),
                ExportColumn.yuan("已缴(元)", "Paid (CNY)", MeterBillView::paidFen),
                ExportColumn.yuan("未缴(元)", "Open (CNY)", MeterBillView::openFen),
                ExportColumn.yuan("核销(元)", "Written off (CNY)", MeterBillView::writtenOffFen),
                ExportColumn.choice("状态", "State", MeterBillView::state, STATES),
                ExportColumn.instant("出账时间", "Issued", MeterBillView::issuedAt),
                ExportColumn.date("缴费期限", "Due on", MeterBillView::dueOn),
                ExportColumn.instant("结清时间", "Settled", MeterBillView::settledAt));
    }
}
