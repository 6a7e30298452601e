package cloud.wuye.device.metering.topup;

import cloud.wuye.payment.order.PayerKind;
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

/** 缴费记录 as a file. */
@ApplicationScoped
class PaymentRecordList implements ExportList<PaymentRecordFilterInput, PaymentRecordView> {
    private static final Labels<PayerKind> PAYERS =
            Labels.of(PayerKind.class).and(PayerKind.MEMBER, "会员", "member").and(PayerKind.GUEST, "游客", "guest");

    @Override
    public String name() {
        return "paymentRecords";
    }

    @Override
    public Words title() {
        return new Words("缴费记录", "Payment records");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE);
    }

    @Override
    public Class<PaymentRecordFilterInput> filter() {
        return PaymentRecordFilterInput.class;
    }

    @Override
    public Select rows(PaymentRecordFilterInput by) {
        return by.narrow(Select.of(PaymentRecordView.SELECT));
    }

    @Override
    public Keyset order() {
        return PaymentRecordSort.CREATED_AT.keyset();
    }

    @Override
    public PaymentRecordView row(Row row) {
        return PaymentRecordView.of(row);
    }

    @Override
    public List<ExportColumn<PaymentRecordView>> columns() {
        return List.of(
                ExportColumn.text("表号", "Meter number", PaymentRecordView::meterNo),
                ExportColumn.text("用户名称", "User", PaymentRecordView::payerName),
                ExportColumn.choice("用户类型", "Kind of user", PaymentRecordView::payerKind, PAYERS),
                ExportColumn.yuan("应缴费金额(元)", "Payable (CNY)", PaymentRecordView::payableFen),
                ExportColumn.yuan("实际缴费金额(元)", "Paid (CNY)", PaymentRecordView::paidFen),
                ExportColumn.decimal("单价", "Unit price", 6, PaymentRecordView::unitPrice),
                ExportColumn.yuan("收入", "Income (CNY)", PaymentRecordView::incomeFen),
                ExportColumn.yuan("手续费", "Fee (CNY)", PaymentRecordView::feeFen),
                ExportColumn.decimal("充值度数", "Bought", 4, PaymentRecordView::quantity),
                ExportColumn.decimal("充值前度数", "Before", 6, PaymentRecordView::before),
                ExportColumn.decimal("充值后度数", "After", 6, PaymentRecordView::after),
                ExportColumn.decimal("剩余电量", "Remaining", 4, PaymentRecordView::remaining),
                ExportColumn.words(
                        "交易状态",
                        "State",
                        record ->
                                new Words(record.status().zh(), record.status().en())),
                ExportColumn.instant("创建时间", "Created", PaymentRecordView::createdAt));
    }
}
