package cloud.wuye.ledger;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Use case: holds the cached balances and day totals against the lines. Lines are read once, after they were written; from the
 * beginning again where a company's books were never proven or somebody asked for it.
 */
@ApplicationScoped
public class ProveLedger {
    private static final Logger LOG = Logger.getLogger(ProveLedger.class);
    private static final String PROVE = Statement.named("prove");

    /** Two replicas at once would add the same lines to the proven sums. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtext('ledger-proof'))";

    private static final String FROM_THE_BEGINNING =
            """
            SELECT t.id FROM tenant t LEFT JOIN ledger_proof p ON p.tenant_id = t.id
            WHERE (p.tenant_id IS NULL AND EXISTS (SELECT FROM ledger_balance b WHERE b.tenant_id = t.id))
               OR p.full_wanted_at IS NOT NULL ORDER BY t.id""";
    private static final String FORGET = "DELETE FROM ledger_proven WHERE tenant_id = $1";
    private static final String BEGIN =
            """
            INSERT INTO ledger_proof (tenant_id, mark, lines, full_at) VALUES ($1, 0, 0, $2)
            ON CONFLICT (tenant_id) DO UPDATE SET mark = 0, lines = 0, full_at = $2, full_wanted_at = NULL""";
    private static final String BEGUN = "SELECT tenant_id FROM ledger_proof WHERE mark > 0 ORDER BY tenant_id";
    private static final String OPEN = "SELECT count(*) FROM ledger_difference WHERE gone_at IS NULL";

    private final Db db;
    private final Clock clock;
    private final AtomicLong differences;

    ProveLedger(Db db, Clock clock, MeterRegistry metrics) {
        this.db = db;
        this.clock = clock;
        this.differences = metrics.gauge("wuye.ledger.differences", new AtomicLong());
    }

    /** Proves all companies' books; gives how many lines were added to what is proven. */
    public Uni<Integer> now() {
        return db.acrossTenants("which books are proven from the beginning", tx -> ids(tx, FROM_THE_BEGINNING))
                .chain(wanted -> Multi.createFrom()
                        .iterable(wanted)
                        .onItem()
                        .transformToUniAndConcatenate(this::fromTheBeginning)
                        .collect()
                        .with(java.util.stream.Collectors.summingInt(lines -> lines)))
                .chain(lines -> db.acrossTenants(
                                "proof of what was written since",
                                tx -> alone(tx).chain(() -> ids(tx, BEGUN)).chain(books -> prove(tx, books)))
                        .map(more -> lines + more))
                .call(this::count);
    }

    private Uni<Integer> fromTheBeginning(UUID tenantId) {
        return db.acrossTenants("proof of one company's books", tx -> alone(tx)
                .chain(() -> tx.preparedQuery(FORGET).execute(Tuple.of(tenantId)))
                .chain(() -> tx.preparedQuery(BEGIN)
                        .execute(Tuple.of(tenantId, clock.now().atOffset(ZoneOffset.UTC))))
                .chain(() -> prove(tx, List.of(tenantId))));
    }

    /** In a transaction of the caller's that holds the lock, for companies whose proof has begun. */
    private Uni<Integer> prove(SqlConnection tx, List<UUID> books) {
        return tx.preparedQuery(PROVE)
                .execute(Tuple.of(books.toArray(UUID[]::new), clock.now().atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    if (row.getLong("differences") > 0) {
                        LOG.errorf(
                                "the ledger disagrees with itself in %d places: %s",
                                row.getLong("differences"), row.getString("examples"));
                    }
                    return Math.toIntExact(row.getLong("lines"));
                });
    }

    private Uni<Void> count() {
        return db.acrossTenants(
                        "how many differences stand", tx -> tx.query(OPEN).execute())
                .invoke(rows -> differences.set(rows.iterator().next().getLong(0)))
                .replaceWithVoid();
    }

    private static Uni<Void> alone(SqlConnection tx) {
        return tx.query(ALONE).execute().replaceWithVoid();
    }

    private static Uni<List<UUID>> ids(SqlConnection tx, String sql) {
        return tx.query(sql).execute().map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getUUID(0))
                .toList());
    }
}
