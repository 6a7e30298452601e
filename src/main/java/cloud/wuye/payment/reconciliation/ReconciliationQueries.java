package cloud.wuye.payment.reconciliation;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.UUID;

/** What is asked about reconciled days and differences. */
@ApplicationScoped
class ReconciliationQueries {
    private static final String RUNS = "select * from reconciliation_run";

    private final Db db;

    ReconciliationQueries(Db db) {
        this.db = db;
    }

    Uni<Page<ReconciliationDifferenceView>> differences(
            ReconciliationDifferenceFilterInput by, Keyset order, PageInput page) {
        Select select = Select.of("select * from reconciliation_difference")
                .eq("channel", by.channel())
                .in("kind", by.kinds())
                .in("state", by.states());
        days(select, by.from(), by.to());
        return db.readSql(connection -> select.page(connection, order, page, ReconciliationDifferenceView::of));
    }

    Uni<Page<ReconciliationRunView>> runs(ReconciliationRunFilterInput by, Keyset order, PageInput page) {
        Select select = Select.of(RUNS).eq("channel", by.channel()).in("state", by.states());
        days(select, by.from(), by.to());
        return db.readSql(connection -> select.page(connection, order, page, ReconciliationRunView::of));
    }

    Uni<ReconciliationRunView> run(UUID id) {
        return db.readSql(connection -> Select.of(RUNS)
                .eq("id", id)
                .list(connection, "limit 1", ReconciliationRunView::of)
                .map(found -> found.isEmpty() ? null : found.get(0)));
    }

    private static void days(Select select, LocalDate from, LocalDate to) {
        if (from != null) {
            select.where("day >= ?", from);
        }
        if (to != null) {
            select.where("day < ?", to);
        }
    }
}
