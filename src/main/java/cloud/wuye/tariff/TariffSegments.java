package cloud.wuye.tariff;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.tariff.rating.PriceBasis;
import cloud.wuye.tariff.rating.Segment;
import cloud.wuye.tariff.rating.Tariff;
import cloud.wuye.tariff.rating.Tiers;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Tariffs laid out over time for statements. Laying out is made anew from the versions by whole local months, so that doing it
 * twice gives the same rows; a month in which a version already charged comes out as it was, for published terms never change.
 */
@ApplicationScoped
class TariffSegments {
    /** How far ahead of now the segments go at least, and how far back when a plan's first version began long ago. */
    static final Duration AHEAD = Duration.ofDays(92);

    static final Duration BACK = Duration.ofDays(400);

    private static final String CLEAR =
            "DELETE FROM tariff_segment WHERE tenant_id = $1 AND plan_id = $2 AND from_at >= $3";
    private static final String INSERT =
            """
            INSERT INTO tariff_segment
              (tenant_id, plan_id, from_at, to_at, version_id, number, period, flat, tiers, month_at, year_at)
            SELECT $1, $2, * FROM unnest($3::timestamptz[], $4::timestamptz[], $5::uuid[], $6::int[], $7::text[],
              $8::boolean[], $9::text[], $10::timestamptz[], $11::timestamptz[])""";
    private static final String NOTE = "UPDATE tariff_plan SET laid_out_until = $2 WHERE id = $1";

    /**
     * Lays a plan out from the month of this day until {@link #AHEAD} of now, in place of what lay there. The plan is locked
     * by the caller.
     */
    Uni<Integer> layOut(SqlConnection tx, UUID tenantId, UUID plan, Tariff tariff, LocalDate day, Instant now) {
        ZoneId zone = tariff.zone();
        LocalDate earliest = LocalDate.ofInstant(now.minus(BACK), zone);
        Instant from = month(day.isBefore(earliest) ? earliest : day, zone);
        Instant until = month(LocalDate.ofInstant(now.plus(AHEAD), zone).plusMonths(1), zone);
        List<Segment> segments = tariff.segments(from, until);
        return tx.preparedQuery(CLEAR)
                .execute(Tuple.of(tenantId, plan, utc(from)))
                .chain(() -> insert(tx, tenantId, plan, segments))
                .chain(() -> tx.preparedQuery(NOTE)
                        .execute(Tuple.of(plan, tariff.versions().isEmpty() ? null : utc(until))))
                .replaceWith(segments.size());
    }

    private static Uni<Void> insert(SqlConnection tx, UUID tenantId, UUID plan, List<Segment> segments) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    tenantId,
                    plan,
                    column(segments, OffsetDateTime[]::new, segment -> utc(segment.from())),
                    column(segments, OffsetDateTime[]::new, segment -> utc(segment.to())),
                    column(segments, UUID[]::new, segment -> segment.version().id()),
                    column(segments, Integer[]::new, segment -> segment.version()
                            .number()),
                    column(segments, String[]::new, segment -> segment.period().name()),
                    column(
                            segments,
                            Boolean[]::new,
                            segment -> segment.version().terms().basis() == PriceBasis.FLAT),
                    column(segments, String[]::new, TariffSegments::tiers),
                    column(segments, OffsetDateTime[]::new, segment -> utc(segment.month())),
                    column(segments, OffsetDateTime[]::new, segment -> utc(segment.year()))
                }))
                .replaceWithVoid();
    }

    private static String tiers(Segment segment) {
        Tiers tiers = segment.version().terms().tiers();
        return tiers == null ? null : tiers.reset().name();
    }

    private static <T> T[] column(List<Segment> segments, IntFunction<T[]> array, Function<Segment, T> value) {
        return segments.stream().map(value).toArray(array);
    }

    private static Instant month(LocalDate day, ZoneId zone) {
        return day.withDayOfMonth(1).atStartOfDay(zone).toInstant();
    }
}
