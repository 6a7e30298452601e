package cloud.wuye.ledger;

import cloud.wuye.platform.export.ExportColumn;
import cloud.wuye.platform.export.ExportList;
import cloud.wuye.platform.export.Words;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The statement of one account as a file, oldest line first. */
@ApplicationScoped
class LedgerStatementList implements ExportList<LedgerStatementFilterInput, LedgerLineView> {
    private static final Keyset OLDEST = LedgerLineSort.POSTED_AT.keyset().reversed();

    @Override
    public String name() {
        return "ledgerStatement";
    }

    @Override
    public Words title() {
        return new Words("账户明细", "Account statement");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE);
    }

    @Override
    public Class<LedgerStatementFilterInput> filter() {
        return LedgerStatementFilterInput.class;
    }

    @Override
    public void check(LedgerStatementFilterInput by) {
        if (!by.namesAnAccount()) {
            throw new Problem(ProblemCode.VALIDATION, "filter.subjectId", by.kind());
        }
    }

    @Override
    public Select rows(LedgerStatementFilterInput by) {
        return Select.of("select l.no from journal_line l")
                .eq("l.account", by.kind())
                .eq("l.subject", by.account().subject())
                .between("l.posted_at", by.postedAt());
    }

    @Override
    public Keyset order() {
        return OLDEST;
    }

    /** Its own way: a chunk's balances begin where the account stood before it. */
    @Override
    public Uni<Page<LedgerLineView>> read(SqlConnection tx, LedgerStatementFilterInput by, int rows, String after) {
        return Accounts.statement(tx, by.account(), by.postedAt(), OLDEST, rows, after);
    }

    @Override
    public LedgerLineView row(Row row) {
        return LedgerLineView.of(row);
    }

    @Override
    public List<ExportColumn<LedgerLineView>> columns() {
        return List.of(
                ExportColumn.instant("记账时间", "Posted at", LedgerLineView::postedAt),
                ExportColumn.instant("发生时间", "Happened at", LedgerLineView::occurredAt),
                ExportColumn.text("来源", "Source", LedgerLineView::sourceType),
                ExportColumn.text("来源编号", "Source's id", LedgerLineView::sourceId),
                ExportColumn.text("事项", "What happened", LedgerLineView::entryKind),
                ExportColumn.text("摘要", "Memo", LedgerLineView::memo),
                ExportColumn.decimal("金额（借正贷负）", "Amount (debit positive)", 6, LedgerLineView::amount),
                ExportColumn.decimal("余额", "Balance", 6, LedgerLineView::balance),
                ExportColumn.text("凭证编号", "Entry", LedgerLineView::entryId),
                ExportColumn.text("冲销凭证", "Undoes entry", LedgerLineView::reversesId));
    }
}
