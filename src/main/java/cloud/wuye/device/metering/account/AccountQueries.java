package cloud.wuye.device.metering.account;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** What is asked about accounts; each question is one statement. */
@ApplicationScoped
class AccountQueries {
    private final Db db;
    private final MeterAccounts accounts;

    AccountQueries(Db db, MeterAccounts accounts) {
        this.db = db;
        this.accounts = accounts;
    }

    Uni<Map<UUID, MeterAccount>> ofMeters(Collection<UUID> devices) {
        return db.readSql(connection -> accounts.ofDevices(connection, devices));
    }

    Uni<Map<UUID, Balance>> balances(Collection<UUID> points) {
        return db.readSql(connection -> accounts.balances(connection, points));
    }

    Uni<Page<MeterAccountView>> accounts(MeterAccountFilterInput filter, Keyset order, PageInput page) {
        Select select = Select.of("SELECT a.* FROM meter_account a")
                .eq("a.commodity", filter.commodity())
                .eq("a.mode", filter.mode())
                .eq("a.authority", filter.authority())
                .eq("a.plan_id", filter.planId())
                .eq("a.customer_id", filter.customerId());
        if (filter.open() != null) {
            select.where("a.closed_at IS " + (filter.open() ? "NULL" : "NOT NULL"));
        }
        if (filter.creditBelow() != null) {
            select.where(
                    "EXISTS (SELECT FROM meter_balance b WHERE b.tenant_id = a.tenant_id AND b.point_id = a.point_id"
                            + " AND b.credit < ?)",
                    filter.creditBelow());
        }
        return db.readSql(
                connection -> select.page(connection, order, page, row -> MeterAccountView.of(MeterAccount.of(row))));
    }

    Uni<Page<CreditMoveView>> moves(CreditMoveFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection ->
                filter.narrow(Select.of(CreditMoveView.SELECT)).page(connection, order, page, CreditMoveView::of));
    }

    Uni<Page<RatedUsageLineView>> lines(RatedUsageLineFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> filter.narrow(Select.of(RatedUsageLineView.SELECT))
                .page(connection, order, page, RatedUsageLineView::of));
    }
}
