package cloud.wuye.ledger;

import cloud.wuye.platform.db.Unit;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Current balances, from the cache, within the caller's transaction. Debit positive: a meter's credit is negative. */
@ApplicationScoped
public class Balances {
    private static final String OF =
            """
            SELECT b.subject || ' ' || sum(b.amount) FROM ledger_balance b
            WHERE b.tenant_id = cast($1 as uuid) AND b.account = cast($2 as text) AND b.subject = ANY (cast($3 as uuid[]))
            GROUP BY b.subject""";
    private static final String OF_COMPANIES =
            "SELECT tenant_id, sum(amount) AS amount FROM ledger_balance WHERE account = $1 GROUP BY tenant_id";

    /** Of accounts of one kind, inside a {@code Db.write} or {@code Db.forTenant}; zero for one never posted to. */
    public Uni<Map<UUID, BigDecimal>> of(AccountKind kind, Collection<UUID> subjects) {
        return of(Books.ofUnit(), Unit.required().tenantId(), kind, subjects);
    }

    /** The same on a connection of the plain client. */
    public Uni<Map<UUID, BigDecimal>> of(SqlClient tx, UUID tenantId, AccountKind kind, Collection<UUID> subjects) {
        return of(Books.on(tx), tenantId, kind, subjects);
    }

    /** Of one account on a connection of the plain client. */
    public Uni<BigDecimal> of(SqlClient tx, UUID tenantId, Account account) {
        return of(tx, tenantId, account.kind(), List.of(account.subject())).map(found -> found.get(account.subject()));
    }

    /** Of the one account of a kind without subjects of all companies that the connection sees; those never posted to are missing. */
    public Uni<Map<UUID, BigDecimal>> ofCompanies(SqlConnection tx, AccountKind kind) {
        return tx.preparedQuery(OF_COMPANIES).execute(Tuple.of(kind.name())).map(rows -> {
            Map<UUID, BigDecimal> found = new HashMap<>();
            rows.forEach(row -> found.put(row.getUUID("tenant_id"), row.getBigDecimal("amount")));
            return found;
        });
    }

    private static Uni<Map<UUID, BigDecimal>> of(
            Books books, UUID tenantId, AccountKind kind, Collection<UUID> subjects) {
        return books.ask(OF, tenantId, kind.name(), subjects.toArray(UUID[]::new))
                .map(rows -> {
                    Map<UUID, BigDecimal> balances = new HashMap<>();
                    subjects.forEach(subject -> balances.put(subject, BigDecimal.ZERO));
                    for (String row : rows) {
                        String[] words = row.split(" ");
                        balances.put(UUID.fromString(words[0]), new BigDecimal(words[1]));
                    }
                    return balances;
                });
    }
}
