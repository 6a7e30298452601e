package cloud.wuye.tariff;

import static cloud.wuye.platform.db.Columns.instant;
import static cloud.wuye.platform.db.Columns.times;
import static cloud.wuye.platform.db.Columns.uuids;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What plans cost in the time of a batch, read from what is laid out, for usages of the total counter that are charged at one
 * price each. Whatever is not so plain is for {@code rate_usage}.
 */
public final class BatchPrices {
    private static final String FIND =
            """
            SELECT g.plan_id, s.from_at, s.to_at, s.tiers, s.month_at, s.year_at, s.version_id, s.period,
                   r.tier, r.tier_from, r.tier_to, r.energy_price, r.service_price
            FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS g (tenant_id, plan_id, since, until)
            CROSS JOIN LATERAL (
              SELECT s.from_at FROM tariff_segment s
              WHERE s.tenant_id = g.tenant_id AND s.plan_id = g.plan_id AND s.from_at <= g.since
              ORDER BY s.from_at DESC LIMIT 1) b
            CROSS JOIN LATERAL (
              SELECT * FROM tariff_segment s
              WHERE s.tenant_id = g.tenant_id AND s.plan_id = g.plan_id AND s.from_at >= b.from_at AND s.from_at < g.until
              ORDER BY s.from_at OFFSET 0) s
            JOIN tariff_rate r ON r.tenant_id = g.tenant_id AND r.version_id = s.version_id AND r.period = s.period
            ORDER BY g.plan_id, s.from_at, r.tier""";

    private final Map<UUID, List<Stretch>> stretches;

    private BatchPrices(Map<UUID, List<Stretch>> stretches) {
        this.stretches = stretches;
    }

    /** From when to when the prices of a plan are wanted. */
    public record Wanted(UUID tenantId, UUID planId, Instant since, Instant until) {
        /** The same for all of both times. */
        public Wanted and(Wanted other) {
            return new Wanted(
                    tenantId,
                    planId,
                    since.isBefore(other.since) ? since : other.since,
                    until.isAfter(other.until) ? until : other.until);
        }
    }

    /**
     * A price within its tier.
     *
     * @param to where the tier ends, or null
     */
    public record Price(int tier, BigDecimal from, BigDecimal to, BigDecimal energy, BigDecimal service) {}

    /**
     * A stretch of time with one version and kind of hours, inside one month.
     *
     * @param tiers MONTH or YEAR: which count the tiers go by; null without tiers
     * @param monthAt when its local month began
     * @param prices by tier
     */
    public record Stretch(
            Instant from,
            Instant to,
            String tiers,
            Instant monthAt,
            Instant yearAt,
            UUID versionId,
            String period,
            List<Price> prices) {

        /** The price of all that is used from this count up to that one, or null when there is more than one, or none. */
        public Price price(BigDecimal start, BigDecimal end) {
            for (Price price : prices) {
                if (price.from.compareTo(start) <= 0 && (price.to == null || end.compareTo(price.to) <= 0)) {
                    return price;
                }
            }
            return null;
        }
    }

    /** Reads the prices over the asker's connection, in one statement. */
    public static Uni<BatchPrices> of(SqlClient tx, Collection<Wanted> wanted) {
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(new BatchPrices(Map.of()));
        }
        return tx.preparedQuery(FIND)
                .execute(Tuple.of(
                        uuids(wanted, Wanted::tenantId),
                        uuids(wanted, Wanted::planId),
                        times(wanted, Wanted::since),
                        times(wanted, Wanted::until)))
                .map(BatchPrices::read);
    }

    /** The stretch that all of an interval lies in and ends in, or null. */
    public Stretch stretch(UUID plan, Instant since, Instant until) {
        for (Stretch each : stretches.getOrDefault(plan, List.of())) {
            if (!since.isBefore(each.from) && until.isBefore(each.to)) {
                return each;
            }
        }
        return null;
    }

    private static BatchPrices read(Iterable<Row> rows) {
        Map<UUID, List<Stretch>> found = new HashMap<>();
        for (Row row : rows) {
            List<Stretch> ofPlan = found.computeIfAbsent(row.getUUID(0), plan -> new ArrayList<>());
            Instant from = instant(row, 1);
            Stretch last = ofPlan.isEmpty() ? null : ofPlan.get(ofPlan.size() - 1);
            if (last == null || !last.from.equals(from)) {
                last = new Stretch(
                        from,
                        instant(row, 2),
                        row.getString(3),
                        instant(row, 4),
                        instant(row, 5),
                        row.getUUID(6),
                        row.getString(7),
                        new ArrayList<>(1));
                ofPlan.add(last);
            }
            last.prices.add(new Price(
                    row.getInteger(8),
                    row.getBigDecimal(9),
                    row.getBigDecimal(10),
                    row.getBigDecimal(11),
                    row.getBigDecimal(12)));
        }
        return new BatchPrices(found);
    }
}
