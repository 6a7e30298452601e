package cloud.wuye.platform.audit;

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

/** The audit log as a file. */
@ApplicationScoped
class AuditEntryList implements ExportList<AuditFilterInput, AuditEntryView> {
    @Override
    public String name() {
        return "auditEntries";
    }

    @Override
    public Words title() {
        return new Words("操作日志", "Audit log");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER);
    }

    @Override
    public Class<AuditFilterInput> filter() {
        return AuditFilterInput.class;
    }

    @Override
    public Select rows(AuditFilterInput by) {
        return by.select("select " + AuditEntryView.COLUMNS + " from audit_entry");
    }

    @Override
    public Keyset order() {
        return AuditSort.AT.keyset();
    }

    @Override
    public AuditEntryView row(Row row) {
        return AuditEntryView.of(row);
    }

    @Override
    public List<ExportColumn<AuditEntryView>> columns() {
        return List.of(
                ExportColumn.instant("时间", "At", AuditEntryView::at),
                ExportColumn.text("操作人", "Actor", AuditEntryView::actorName),
                ExportColumn.text("操作人编号", "Actor's id", AuditEntryView::actor),
                ExportColumn.yesNo("平台运营", "By the platform's operator", AuditEntryView::byOperator),
                ExportColumn.text("操作", "Act", AuditEntryView::act),
                ExportColumn.text("对象类型", "Subject's kind", AuditEntryView::subjectType),
                ExportColumn.text("对象编号", "Subject's id", AuditEntryView::subjectId),
                ExportColumn.text("操作前", "Before", AuditEntryView::before),
                ExportColumn.text("操作后", "After", AuditEntryView::after),
                ExportColumn.text("原因", "Reason", AuditEntryView::reason));
    }
}
