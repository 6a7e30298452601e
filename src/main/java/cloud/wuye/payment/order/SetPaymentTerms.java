package cloud.wuye.payment.order;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Use case: a company says how it wants to be paid. */
@ApplicationScoped
class SetPaymentTerms {
    private final Db db;
    private final PaymentTermsStore store;
    private final Audit audit;
    private final CurrentCaller currentCaller;

    SetPaymentTerms(Db db, PaymentTermsStore store, Audit audit, CurrentCaller currentCaller) {
        this.db = db;
        this.store = store;
        this.audit = audit;
        this.currentCaller = currentCaller;
    }

    Uni<PaymentTerms> now() {
        return db.readSql(store::of);
    }

    Uni<PaymentTerms> set(PaymentTerms terms) {
        Caller caller = currentCaller.get();
        UUID tenant = caller.requireTenant();
        return db.writeSql(tx -> store.of(tx).flatMap(before -> store.keep(tx, tenant, terms)
                .chain(() -> audit.record(tx, caller, "payment.terms", "PaymentTerms", tenant, before, terms, null))
                .replaceWith(terms)));
    }
}
