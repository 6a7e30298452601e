package cloud.wuye.platform.audit;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The audit log, as people ask for it. */
@ApplicationScoped
class AuditEntries {
    private final Db db;

    AuditEntries(Db db) {
        this.db = db;
    }

    /** A company's log for its own people; for an operator, who belongs to no company, what operators did in any. */
    Uni<Page<AuditEntryView>> page(Caller caller, AuditFilterInput filter, Keyset order, PageInput page) {
        Select select = filter.select("select " + AuditEntryView.COLUMNS + " from audit_entry");
        return caller.tenantId() == null
                ? db.acrossTenants("the operators' view of their own acts", tx -> select.where("by_operator")
                        .page(tx, order, page, AuditEntryView::of))
                : db.readSql(tx -> select.page(tx, order, page, AuditEntryView::of));
    }
}
