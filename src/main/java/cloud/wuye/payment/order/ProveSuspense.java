package cloud.wuye.payment.order;

import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.AccountKind;
import cloud.wuye.ledger.Balances;
import cloud.wuye.ledger.Disagreements;
import cloud.wuye.ledger.Disagreements.Proven;
import cloud.wuye.ledger.LedgerCache;
import cloud.wuye.platform.db.Db;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Use case: holds the open items of suspense against the books' account of it, company by company, at one snapshot. */
@ApplicationScoped
public class ProveSuspense {
    private static final String ONE_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";
    private static final String OPEN =
            "SELECT tenant_id, sum(fen) / 100.0 AS yuan FROM suspense_item WHERE state = 'OPEN' GROUP BY tenant_id";

    private final Db db;
    private final Balances balances;
    private final Disagreements disagreements;

    ProveSuspense(Db db, Balances balances, Disagreements disagreements) {
        this.db = db;
        this.balances = balances;
        this.disagreements = disagreements;
    }

    /** Proves all companies; gives how many have ever had money in suspense. */
    public Uni<Integer> now() {
        return db.acrossTenants("proof of suspense", tx -> tx.query(ONE_SNAPSHOT)
                .execute()
                .chain(() -> open(tx))
                .flatMap(open -> balances.ofCompanies(tx, AccountKind.SUSPENSE).flatMap(booked -> {
                    List<Proven> proven = proven(open, booked);
                    return disagreements
                            .keep(tx, LedgerCache.SUSPENSE_ITEMS, proven)
                            .replaceWith(proven.size());
                })));
    }

    private static Uni<Map<UUID, BigDecimal>> open(SqlConnection tx) {
        return tx.query(OPEN).execute().map(rows -> {
            Map<UUID, BigDecimal> found = new HashMap<>();
            rows.forEach(row -> found.put(row.getUUID("tenant_id"), row.getBigDecimal("yuan")));
            return found;
        });
    }

    /** What is open is owed: the account is negative by as much. */
    private static List<Proven> proven(Map<UUID, BigDecimal> open, Map<UUID, BigDecimal> booked) {
        Set<UUID> companies = new TreeSet<>(open.keySet());
        companies.addAll(booked.keySet());
        List<Proven> all = new ArrayList<>(companies.size());
        for (UUID company : companies) {
            all.add(new Proven(
                    company,
                    Account.of(AccountKind.SUSPENSE),
                    open.getOrDefault(company, BigDecimal.ZERO).negate(),
                    booked.getOrDefault(company, BigDecimal.ZERO)));
        }
        return all;
    }
}
