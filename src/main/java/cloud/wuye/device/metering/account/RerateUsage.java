package cloud.wuye.device.metering.account;

import cloud.wuye.device.metering.MeteringConfig;
import cloud.wuye.device.metering.Statement;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Use case: charges accounts anew from where their readings may have changed: late ones, suspects that turned out right,
 * installations entered afterwards, usage for which a price came late. What comes out is what charging everything in order
 * would have given; the difference is written as lines of its own. An account whose readings did not change comes out unchanged.
 */
@ApplicationScoped
public class RerateUsage {
    private static final String RERATE = Statement.named("rerate-account");
    private static final String DUE =
            """
            SELECT tenant_id, point_id FROM meter_balance WHERE rerate_from IS NOT NULL AND plan_id IS NOT NULL
            ORDER BY rerate_from LIMIT $1""";
    /** A price may have been published meanwhile, or laid out. */
    private static final String PRICED_NOW =
            """
            UPDATE meter_balance b SET rerate_from = b.unpriced_since, unpriced_since = NULL
            WHERE b.unpriced_since IS NOT NULL AND b.rerate_from IS NULL AND EXISTS (
              SELECT FROM tariff_segment s
              WHERE s.tenant_id = b.tenant_id AND s.plan_id = b.plan_id AND s.from_at <= b.unpriced_since AND s.to_at > b.unpriced_since)""";
    /** What became due since is another round's. */
    private static final int ROUND = 200;

    private final Db db;
    private final MeterAccounts accounts;
    private final MeteringConfig config;
    private final Clock clock;

    RerateUsage(Db db, MeterAccounts accounts, MeteringConfig config, Clock clock) {
        this.db = db;
        this.accounts = accounts;
        this.config = config;
        this.clock = clock;
    }

    /** All accounts that wait for it, each in a transaction of its own; tells how many. */
    Uni<Integer> now() {
        return Batches.untilDry(() -> db.acrossTenants(
                        "accounts to charge anew",
                        tx -> tx.preparedQuery(DUE).execute(Tuple.of(ROUND)).map(RerateUsage::points))
                .flatMap(due -> Multi.createFrom()
                        .iterable(due)
                        .onItem()
                        .transformToUniAndConcatenate(point -> db.acrossTenants(
                                "an account charged anew", tx -> account(tx, point.tenantId(), point.pointId())))
                        .collect()
                        .last()
                        .replaceWith(due.size())));
    }

    /** Accounts without a price for which there is one now; tells how many will be charged anew. */
    Uni<Integer> nowPriced() {
        return db.acrossTenants(
                "accounts that have a price now",
                tx -> tx.preparedQuery(PRICED_NOW).execute().map(rows -> rows.rowCount()));
    }

    /**
     * Charges one account anew in the caller's transaction, if it waits for it.
     *
     * @return how many lines were written: 0 when what was charged is what the readings say
     */
    public Uni<Integer> account(SqlConnection tx, UUID tenantId, UUID pointId) {
        return accounts.holdCounters(tx, tenantId, pointId)
                .chain(() -> accounts.held(tx, tenantId, pointId))
                .flatMap(held -> held == null || held.rerateFrom() == null
                        ? Uni.createFrom().item(0)
                        : tx.preparedQuery(RERATE)
                                .execute(Tuple.of(
                                        tenantId,
                                        pointId,
                                        BigDecimal.TEN.pow(config.registerDigits()),
                                        clock.now().atOffset(ZoneOffset.UTC)))
                                .map(rows -> rows.iterator().next().getInteger("lines")));
    }

    private record Point(UUID tenantId, UUID pointId) {}

    private static List<Point> points(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Point(row.getUUID("tenant_id"), row.getUUID("point_id")))
                .toList();
    }
}
