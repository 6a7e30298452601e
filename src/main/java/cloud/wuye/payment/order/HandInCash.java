package cloud.wuye.payment.order;

import static cloud.wuye.ledger.AccountKind.BANK;
import static cloud.wuye.ledger.AccountKind.CASH_DESK;

import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.Entry;
import cloud.wuye.ledger.Ledger;
import cloud.wuye.ledger.Posting;
import cloud.wuye.ledger.Source;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.money.Money;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Use case: what staff took by hand is handed in at the bank. The slip's number stands for the money. */
@ApplicationScoped
class HandInCash {
    private static final int LONGEST_NUMBER = 64;

    private final Db db;
    private final Ledger ledger;
    private final CashDesk desk;
    private final TenantRegistry tenants;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    HandInCash(
            Db db,
            Ledger ledger,
            CashDesk desk,
            TenantRegistry tenants,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.ledger = ledger;
        this.desk = desk;
        this.tenants = tenants;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** The same slip again changes nothing; with another amount or day it is refused. */
    Uni<CashHandInView> handIn(long fen, String receiptNo, LocalDate on) {
        Caller caller = currentCaller.get();
        UUID tenant = caller.requireTenant();
        String number = receiptNo.strip();
        if (number.isEmpty() || number.length() > LONGEST_NUMBER) {
            throw new Problem(ProblemCode.VALIDATION, "receiptNo", Detail.characters(1, LONGEST_NUMBER));
        }
        if (fen <= 0) {
            throw new Problem(ProblemCode.VALIDATION, "amountFen", Detail.of("须大于 0", "must be more than 0"));
        }
        ZoneId zone = tenants.byId(tenant).map(Tenant::zone).orElseThrow();
        if (on.isAfter(clock.now().atZone(zone).toLocalDate())) {
            throw new Problem(ProblemCode.VALIDATION, "on", Detail.IN_THE_FUTURE);
        }
        Entry entry = Entry.of(tenant, new Source("cash-hand-in", number, "handed-in"))
                .occurredAt(on.atStartOfDay(zone).toInstant())
                .memo(number)
                .debit(Account.of(BANK), Money.ofFen(fen))
                .credit(Account.of(CASH_DESK), Money.ofFen(fen))
                .build();
        return db.writeSql(tx -> desk.take(tx, tenant, fen, "amountFen", () -> ledger.post(tx, List.of(entry))
                        .onFailure(Problem.class)
                        .transform(conflict ->
                                new Problem(ProblemCode.ALREADY_EXISTS, "receiptNo", Detail.of("收据", "receipt")))
                        .map(postings -> postings.get(0)))
                .flatMap(posting -> posting.isNew()
                        ? record(tx, caller, posting, fen, number, on).replaceWith(posting)
                        : Uni.createFrom().item(posting))
                .map(posting -> new CashHandInView(posting.entryId(), number, fen, on)));
    }

    private Uni<Void> record(SqlConnection tx, Caller caller, Posting posting, long fen, String number, LocalDate on) {
        return audit.record(
                tx,
                caller,
                "cash.handIn",
                "JournalEntry",
                posting.entryId(),
                null,
                Map.of("fen", fen, "receiptNo", number, "on", on),
                null);
    }
}
