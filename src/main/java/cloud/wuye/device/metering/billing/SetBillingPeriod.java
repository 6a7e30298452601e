package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Use case: a company says how it bills a commodity. Runs that are under way keep what they began with. */
@ApplicationScoped
class SetBillingPeriod {
    private final Db db;
    private final BillingPeriods periods;
    private final TenantRegistry tenants;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    SetBillingPeriod(
            Db db,
            BillingPeriods periods,
            TenantRegistry tenants,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.periods = periods;
        this.tenants = tenants;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    Uni<List<BillingPeriod>> all() {
        return db.readSql(periods::all);
    }

    Uni<BillingPeriod> set(BillingPeriodInput input) {
        Caller caller = currentCaller.get();
        return tenants.findById(caller.requireTenant())
                .map(tenant -> input.period(
                        caller.requireTenant(), tenant.orElseThrow().zone(), clock.now()))
                .flatMap(wanted -> db.writeSql(tx -> periods.of(tx, wanted.tenantId(), wanted.commodity())
                        .flatMap(before -> periods.keep(tx, wanted)
                                .call(kept -> audit.record(
                                        tx,
                                        caller,
                                        "billing.period",
                                        "BillingPeriod",
                                        wanted.commodity(),
                                        before,
                                        kept,
                                        null)))));
    }
}
