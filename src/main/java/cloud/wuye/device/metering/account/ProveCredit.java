package cloud.wuye.device.metering.account;

import cloud.wuye.device.metering.Statement;
import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.AccountKind;
import cloud.wuye.ledger.Disagreements;
import cloud.wuye.ledger.Disagreements.Proven;
import cloud.wuye.ledger.LedgerCache;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Use case: holds the credit that each account's balance says against what moved it less what was charged. An account is proven
 * about once a day, some in each round, for its lines of years are summed. What disagrees is shown by {@code ledgerProof}, counted
 * and logged until it agrees again, and never mended.
 */
@ApplicationScoped
public class ProveCredit {
    /** Accounts of one round. */
    private static final int ROUND = 200;

    private static final Duration EVERY = Duration.ofDays(1);

    private static final String DUE =
            """
            SELECT b.tenant_id, b.point_id FROM meter_balance b
            LEFT JOIN credit_proof p ON p.tenant_id = b.tenant_id AND p.point_id = b.point_id
            WHERE p.proven_at IS NULL OR p.proven_at <= $1
            ORDER BY p.proven_at NULLS FIRST, b.tenant_id, b.point_id LIMIT $2""";
    private static final String PROVE = Statement.named("prove-credit");
    private static final String PROVEN =
            """
            INSERT INTO credit_proof AS p (tenant_id, point_id, proven_at)
            SELECT tenant_id, point_id, $3 FROM unnest($1::uuid[], $2::uuid[]) AS w (tenant_id, point_id)
            ORDER BY tenant_id, point_id
            ON CONFLICT (tenant_id, point_id) DO UPDATE SET proven_at = excluded.proven_at""";

    private final Db db;
    private final Disagreements disagreements;
    private final Clock clock;

    ProveCredit(Db db, Disagreements disagreements, Clock clock) {
        this.db = db;
        this.disagreements = disagreements;
        this.clock = clock;
    }

    /** One round of those that were not proven for a day; gives how many those were. */
    public Uni<Integer> now() {
        return db.acrossTenants("proof of credit", tx -> tx.preparedQuery(DUE)
                .execute(Tuple.of(clock.now().minus(EVERY).atOffset(ZoneOffset.UTC), ROUND))
                .flatMap(rows -> {
                    List<UUID> tenants = new ArrayList<>();
                    List<UUID> points = new ArrayList<>();
                    rows.forEach(row -> {
                        tenants.add(row.getUUID("tenant_id"));
                        points.add(row.getUUID("point_id"));
                    });
                    return prove(tx, tenants.toArray(UUID[]::new), points.toArray(UUID[]::new))
                            .replaceWith(points.size());
                }));
    }

    private Uni<Void> prove(SqlConnection tx, UUID[] tenants, UUID[] points) {
        return tx.preparedQuery(PROVE)
                .execute(Tuple.of(tenants, points))
                .flatMap(rows -> {
                    List<Proven> proven = new ArrayList<>();
                    rows.forEach(row -> proven.add(proven(row)));
                    return disagreements.keep(tx, LedgerCache.METER_CREDIT, proven);
                })
                .chain(() -> tx.preparedQuery(PROVEN)
                        .execute(Tuple.of(tenants, points, clock.now().atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }

    private static Proven proven(Row row) {
        boolean water = Commodity.valueOf(row.getString("commodity")) == Commodity.WATER;
        AccountKind inQuantity = water ? AccountKind.WATER_CREDIT : AccountKind.ENERGY_CREDIT;
        return new Proven(
                row.getUUID("tenant_id"),
                Account.of(
                        row.getBoolean("in_quantity") ? inQuantity : AccountKind.CUSTOMER_CREDIT,
                        row.getUUID("point_id")),
                row.getBigDecimal("credit"),
                row.getBigDecimal("summed"));
    }
}
