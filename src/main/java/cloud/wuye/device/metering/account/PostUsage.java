package cloud.wuye.device.metering.account;

import static cloud.wuye.ledger.AccountKind.CUSTOMER_CREDIT;
import static cloud.wuye.ledger.AccountKind.ENERGY_CREDIT;
import static cloud.wuye.ledger.AccountKind.ENERGY_USED;
import static cloud.wuye.ledger.AccountKind.REVENUE_ELECTRICITY;
import static cloud.wuye.ledger.AccountKind.REVENUE_WATER;
import static cloud.wuye.ledger.AccountKind.SERVICE_FEE;
import static cloud.wuye.ledger.AccountKind.WATER_CREDIT;
import static cloud.wuye.ledger.AccountKind.WATER_USED;

import cloud.wuye.ledger.Account;
import cloud.wuye.ledger.Entry;
import cloud.wuye.ledger.Ledger;
import cloud.wuye.ledger.Source;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import cloud.wuye.tariff.Commodity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Use case: tells the journal what prepaid accounts have used since it was told last, one entry an account. Revenue is earned by
 * usage. Which lines make up an entry: those rated between it and the one before it.
 */
@ApplicationScoped
public class PostUsage {
    /** How long usage may wait for the journal. */
    private static final Duration EVERY = Duration.ofHours(1);

    private static final String USED =
            """
            SELECT b.*, a.commodity,
                   CASE WHEN b.in_quantity THEN (SELECT coalesce(sum(m.money_fen), 0) FROM credit_move m
                        WHERE m.tenant_id = b.tenant_id AND m.point_id = b.point_id) / 100.0 - b.posted_value END AS paid
            FROM meter_balance b
            JOIN meter_account a ON a.tenant_id = b.tenant_id AND a.point_id = b.point_id
            WHERE a.mode = 'PREPAID' AND (b.unposted_quantity <> 0 OR b.unposted_energy <> 0 OR b.unposted_service <> 0)
              AND\s""";
    private static final String DUE =
            USED + "b.posted_at <= $1 ORDER BY b.tenant_id, b.point_id LIMIT 1000 FOR UPDATE OF b SKIP LOCKED";
    private static final String OF_POINT = USED + "b.tenant_id = $1 AND b.point_id = $2 FOR UPDATE OF b";
    private static final String POSTED =
            """
            UPDATE meter_balance b
            SET unposted_quantity = 0, unposted_energy = 0, unposted_service = 0, posted_at = $4, postings = b.postings + 1,
                posted_value = b.posted_value + p.value
            FROM unnest($1::uuid[], $2::uuid[], $3::numeric[]) AS p (tenant_id, point_id, value)
            WHERE b.tenant_id = p.tenant_id AND b.point_id = p.point_id""";

    private final Db db;
    private final Ledger ledger;
    private final Clock clock;

    PostUsage(Db db, Ledger ledger, Clock clock) {
        this.db = db;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What has waited long enough; tells how many entries that made. */
    Uni<Integer> now() {
        return all(EVERY);
    }

    /** What has waited for so long at least. */
    Uni<Integer> all(Duration waited) {
        return Batches.untilDry(() -> db.acrossTenants("usage for the journal", tx -> batch(tx, waited)));
    }

    /** What one account has used, in the caller's transaction, so that the journal says what its credit says. */
    public Uni<Void> account(SqlConnection tx, UUID tenantId, UUID pointId) {
        return found(tx, OF_POINT, Tuple.of(tenantId, pointId)).replaceWithVoid();
    }

    private Uni<Integer> batch(SqlConnection tx, Duration waited) {
        return found(tx, DUE, Tuple.of(clock.now().minus(waited).atOffset(ZoneOffset.UTC)));
    }

    private Uni<Integer> found(SqlConnection tx, String sql, Tuple which) {
        return tx.preparedQuery(sql).execute(which).flatMap(rows -> {
            List<Posted> posted = new ArrayList<>();
            rows.forEach(row -> posted.add(Posted.of(row)));
            return posted.isEmpty() ? Uni.createFrom().item(0) : post(tx, posted);
        });
    }

    private Uni<Integer> post(SqlConnection tx, List<Posted> posted) {
        return ledger.post(tx, posted.stream().map(Posted::entry).toList())
                .chain(() -> tx.preparedQuery(POSTED)
                        .execute(Tuple.of(
                                posted.stream()
                                        .map(each -> each.balance.tenantId())
                                        .toArray(UUID[]::new),
                                posted.stream()
                                        .map(each -> each.balance.pointId())
                                        .toArray(UUID[]::new),
                                posted.stream().map(Posted::value).toArray(BigDecimal[]::new),
                                clock.now().atOffset(ZoneOffset.UTC))))
                .replaceWith(posted.size());
    }

    /** One account's usage. */
    private record Posted(Balance balance, Commodity commodity, BigDecimal energy, BigDecimal service) {
        static Posted of(Row row) {
            Balance balance = Balance.of(row);
            Commodity commodity = Commodity.valueOf(row.getString("commodity"));
            if (!balance.inQuantity()) {
                return new Posted(balance, commodity, balance.unpostedEnergy(), balance.unpostedService());
            }
            UsageValue value = new UsageValue(
                    balance.unpostedQuantity(),
                    balance.credit().add(balance.unpostedQuantity()),
                    row.getBigDecimal("paid"),
                    balance.unpostedEnergy(),
                    balance.unpostedService());
            BigDecimal service = value.servicePart();
            return new Posted(balance, commodity, value.total().subtract(service), service);
        }

        BigDecimal value() {
            return energy.add(service);
        }

        Entry entry() {
            boolean water = commodity == Commodity.WATER;
            Entry.Builder entry = Entry.of(
                            balance.tenantId(),
                            new Source("meter-usage", balance.pointId() + ":" + (balance.postings() + 1), "charged"))
                    .occurredAt(balance.chargedUntil())
                    .debit(Account.of(CUSTOMER_CREDIT, balance.pointId()), value())
                    .credit(Account.of(water ? REVENUE_WATER : REVENUE_ELECTRICITY), energy)
                    .credit(Account.of(SERVICE_FEE), service);
            if (balance.inQuantity()) {
                entry.debit(
                                Account.of(water ? WATER_CREDIT : ENERGY_CREDIT, balance.pointId()),
                                balance.unpostedQuantity())
                        .credit(Account.of(water ? WATER_USED : ENERGY_USED), balance.unpostedQuantity());
            }
            return entry.build();
        }
    }
}
