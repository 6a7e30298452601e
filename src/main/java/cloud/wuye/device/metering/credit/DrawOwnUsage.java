package cloud.wuye.device.metering.credit;

import static cloud.wuye.ledger.AccountKind.ENERGY_CREDIT;
import static cloud.wuye.ledger.AccountKind.ENERGY_USED;
import static cloud.wuye.ledger.AccountKind.WATER_CREDIT;
import static cloud.wuye.ledger.AccountKind.WATER_USED;
import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.device.metering.MeteringConfig;
import cloud.wuye.device.metering.Statement;
import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.Entry;
import cloud.wuye.ledger.Ledger;
import cloud.wuye.ledger.Source;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import cloud.wuye.tariff.Commodity;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Use case: once a day, what meters that count their own credit have counted lowers the credit that the service knows, and that is
 * held against the meters' own word. What is drawn is always the difference to what was drawn before: done twice it draws nothing,
 * and late or corrected readings come with the next time. Never part of ingest.
 */
@ApplicationScoped
public class DrawOwnUsage {
    private static final String DRAW = Statement.named("draw-own-usage");
    private static final String COMPARE = Statement.named("compare-own-credit");
    private static final String HELD =
            """
            SELECT o.tenant_id, o.point_id FROM meter_own_credit o
            JOIN meter_balance b ON b.tenant_id = o.tenant_id AND b.point_id = o.point_id
            WHERE\s""";
    private static final String DUE =
            HELD + "o.look_at <= $1 ORDER BY o.tenant_id, o.point_id LIMIT $2 FOR UPDATE OF b, o SKIP LOCKED";
    private static final String ONE = HELD + "o.tenant_id = $1 AND o.point_id = $2 FOR UPDATE OF b, o";
    private static final String DIFFERING = "SELECT count(*) FROM meter_own_credit WHERE state = 'DIFFERS'";

    private final Db db;
    private final Ledger ledger;
    private final MeteringConfig config;
    private final Clock clock;
    private final AtomicLong differing;

    DrawOwnUsage(Db db, Ledger ledger, MeteringConfig config, Clock clock, MeterRegistry metrics) {
        this.db = db;
        this.ledger = ledger;
        this.config = config;
        this.clock = clock;
        this.differing = metrics.gauge("wuye.metering.own.credit.differences", new AtomicLong());
    }

    /** All accounts whose day is over; tells how many those were. */
    public Uni<Integer> now() {
        return Batches.untilDry(() -> db.acrossTenants("credit that meters count", this::batch))
                .call(() -> db.acrossTenants("how many meters say something else", tx -> tx.query(DIFFERING)
                                .execute())
                        .invoke(rows -> differing.set(rows.iterator().next().getLong(0))));
    }

    /** One account at once, in the caller's transaction; does nothing where the service counts. */
    Uni<Void> account(SqlConnection tx, UUID tenantId, UUID pointId) {
        return held(tx, ONE, Tuple.of(tenantId, pointId)).replaceWithVoid();
    }

    private Uni<Integer> batch(SqlConnection tx) {
        return held(tx, DUE, Tuple.of(utc(clock.now()), Batches.SIZE));
    }

    private Uni<Integer> held(SqlConnection tx, String sql, Tuple which) {
        return tx.preparedQuery(sql).execute(which).flatMap(rows -> {
            List<UUID> tenants = new ArrayList<>(rows.size());
            List<UUID> points = new ArrayList<>(rows.size());
            rows.forEach(row -> {
                tenants.add(row.getUUID("tenant_id"));
                points.add(row.getUUID("point_id"));
            });
            return points.isEmpty()
                    ? Uni.createFrom().item(0)
                    : draw(tx, tenants.toArray(UUID[]::new), points.toArray(UUID[]::new))
                            .replaceWith(points.size());
        });
    }

    private Uni<Void> draw(SqlConnection tx, UUID[] tenants, UUID[] points) {
        Instant now = clock.now();
        return tx.preparedQuery(DRAW)
                .execute(Tuple.of(tenants, points, utc(now)))
                .flatMap(rows -> {
                    List<Entry> entries = new ArrayList<>();
                    rows.forEach(row -> entries.add(used(row, now)));
                    return entries.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : ledger.post(tx, entries).replaceWithVoid();
                })
                .chain(() -> tx.preparedQuery(COMPARE)
                        .execute(Tuple.of(tenants, points, config.ownCreditTolerance(), utc(now))))
                .replaceWithVoid();
    }

    private static Entry used(Row row, Instant now) {
        return used(
                row.getUUID("tenant_id"),
                row.getUUID("point_id"),
                row.getInteger("no"),
                Commodity.valueOf(row.getString("commodity")),
                row.getBigDecimal("more"),
                now);
    }

    /** The entry for credit that was used, the point's one of this number; what was earned by it was when it was bought. */
    static Entry used(UUID tenantId, UUID pointId, int no, Commodity commodity, BigDecimal quantity, Instant at) {
        boolean water = commodity == Commodity.WATER;
        return Entry.of(tenantId, new Source("meter-own-usage", pointId + ":" + no, "used"))
                .occurredAt(at)
                .debit(Account.of(water ? WATER_CREDIT : ENERGY_CREDIT, pointId), quantity)
                .credit(Account.of(water ? WATER_USED : ENERGY_USED), quantity)
                .build();
    }
}
