package cloud.wuye.device.metering.account;

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

/** 余额变动 as a file. */
@ApplicationScoped
class CreditMoveList implements ExportList<CreditMoveFilterInput, CreditMoveView> {
    private static final Labels<CreditMoveKind> KINDS = Labels.of(CreditMoveKind.class)
            .and(CreditMoveKind.TOP_UP, "充值", "top-up")
            .and(CreditMoveKind.REFUND, "退款", "refund")
            .and(CreditMoveKind.CLEAR, "清零", "cleared")
            .and(CreditMoveKind.CARRIED, "结转", "carried over")
            .and(CreditMoveKind.ADJUSTED, "调整", "adjusted")
            .and(CreditMoveKind.SETTLED, "结算", "settled");

    @Override
    public String name() {
        return "creditMoves";
    }

    @Override
    public Words title() {
        return new Words("余额变动", "Movements of credit");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE);
    }

    @Override
    public Class<CreditMoveFilterInput> filter() {
        return CreditMoveFilterInput.class;
    }

    @Override
    public Select rows(CreditMoveFilterInput by) {
        return by.narrow(Select.of(CreditMoveView.SELECT));
    }

    @Override
    public Keyset order() {
        return CreditMoveSort.AT.keyset();
    }

    @Override
    public CreditMoveView row(Row row) {
        return CreditMoveView.of(row);
    }

    @Override
    public List<ExportColumn<CreditMoveView>> columns() {
        return List.of(
                ExportColumn.instant("时间", "At", CreditMoveView::at),
                ExportColumn.text("表计", "Meter", CreditMoveView::deviceId),
                ExportColumn.choice("类型", "Kind", CreditMoveView::kind, KINDS),
                ExportColumn.decimal("变动", "Amount", 6, CreditMoveView::amount),
                ExportColumn.decimal("变动前", "Before", 6, CreditMoveView::before),
                ExportColumn.decimal("变动后", "After", 6, CreditMoveView::after),
                ExportColumn.decimal("金额(元)", "Money (CNY)", 2, CreditMoveView::money),
                ExportColumn.text("操作人", "By", CreditMoveView::by),
                ExportColumn.text("备注", "Note", CreditMoveView::note));
    }
}
