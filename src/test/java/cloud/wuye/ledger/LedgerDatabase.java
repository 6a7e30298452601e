package cloud.wuye.ledger;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.KitServers;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.PoolOptions;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.flywaydb.core.Flyway;

/** A migrated database of the kit and the ledger on top of it, without Quarkus: for properties, refusals and measurements. */
final class LedgerDatabase implements AutoCloseable {
    private static final KitServers KIT = KitServers.shared();

    final String name = "ledger_" + Ids.next().toString().replace("-", "");
    final Clock clock = new Clock();
    final Ledger ledger = new Ledger(clock);
    final Balances balances = new Balances();
    final Pool cross;

    LedgerDatabase() {
        KIT.createDatabase(name);
        Flyway.configure()
                .dataSource(KIT.jdbcUrl(name), "wuye_owner", KIT.fact("postgres.owner.password"))
                .locations("db/migration")
                .load()
                .migrate();
        cross = pool("cross", 16);
    }

    Pool pool(String role, int size) {
        return PgBuilder.pool()
                .connectingTo(KIT.connectingTo(name, role).setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(size))
                .build();
    }

    /** In a transaction of its own. */
    List<Posting> post(List<Entry> entries) {
        return work(tx -> ledger.post(tx, entries));
    }

    <T> T work(Function<SqlConnection, Uni<T>> work) {
        return cross.withTransaction(work).await().indefinitely();
    }

    <T> List<T> query(String sql, Tuple parameters, Function<Row, T> row) {
        return StreamSupport.stream(
                        cross.preparedQuery(sql)
                                .execute(parameters)
                                .await()
                                .indefinitely()
                                .spliterator(),
                        false)
                .map(row)
                .toList();
    }

    long count(String table, UUID tenantId) {
        return query(
                        "SELECT count(*) FROM " + table + " WHERE tenant_id = $1",
                        Tuple.of(tenantId),
                        row -> row.getLong(0))
                .get(0);
    }

    /** Account → sum, by a statement that gives kind, subject and amount; sums of nothing left out. */
    SortedMap<String, BigDecimal> sums(String sql, UUID tenantId) {
        SortedMap<String, BigDecimal> sums = new TreeMap<>();
        query(sql, Tuple.of(tenantId), row -> row).forEach(row -> {
            BigDecimal amount = row.getBigDecimal(2).stripTrailingZeros();
            if (amount.signum() != 0) {
                sums.put(row.getString(0) + ":" + row.getUUID(1), amount);
            }
        });
        return sums;
    }

    SortedMap<String, BigDecimal> cached(UUID tenantId) {
        return sums(
                "SELECT account, subject, sum(amount) FROM ledger_balance WHERE tenant_id = $1 GROUP BY 1, 2",
                tenantId);
    }

    SortedMap<String, BigDecimal> summed(UUID tenantId) {
        return sums(
                "SELECT account, subject, sum(amount) FROM journal_line WHERE tenant_id = $1 GROUP BY 1, 2", tenantId);
    }

    @Override
    public void close() {
        cross.closeAndAwait();
        KIT.dropDatabase(name);
    }
}
