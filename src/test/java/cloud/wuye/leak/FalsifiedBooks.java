package cloud.wuye.leak;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.AccountKind;
import cloud.wuye.ledger.Entry;
import cloud.wuye.ledger.Ledger;
import cloud.wuye.ledger.ProveLedger;
import cloud.wuye.ledger.Source;
import cloud.wuye.ledger.TestBooks;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.money.Money;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.arc.Arc;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Money comes for a meter. Books are never wrong by themselves, so the test falsifies a balance and has it found. */
final class FalsifiedBooks {
    private FalsifiedBooks() {}

    static void keep(UUID tenant, UUID meter, TestDevices tables) {
        Db db = Arc.container().instance(Db.class).get();
        Ledger ledger = Arc.container().instance(Ledger.class).get();
        Entry paid = Entry.of(tenant, new Source("receipt", meter.toString(), "paid"))
                .occurredAt(Instant.now())
                .debit(Account.of(AccountKind.CASH_DESK), Money.ofYuan("50"))
                .credit(Account.of(AccountKind.CUSTOMER_CREDIT, meter), Money.ofYuan("50"))
                .build();
        await(() -> db.forTenant(tenant, () -> ledger.post(List.of(paid))));
        tables.run("UPDATE ledger_balance SET amount = amount + 1 WHERE tenant_id = ?", tenant);
        Arc.container().instance(TestBooks.class).get().settle();
        await(Arc.container().instance(ProveLedger.class).get()::now);
    }

    @CanIgnoreReturnValue
    private static <T> T await(Supplier<Uni<T>> work) {
        try {
            return subscribeAndAwait(work);
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
