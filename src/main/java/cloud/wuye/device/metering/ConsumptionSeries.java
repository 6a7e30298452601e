package cloud.wuye.device.metering;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What meters and service points used, by the caller's calendar; one statement for all of them. */
@ApplicationScoped
class ConsumptionSeries {
    /** The most points of one series: a month of hours, or years of days. */
    static final int LIMIT = 1000;

    /** The most points of one field, all its meters together. */
    static final int LIMIT_OF_ALL = 50_000;

    private static final ConsumptionPointView[] NONE = {};

    private final Db db;
    private final TenantRegistry tenants;
    private final CurrentCaller currentCaller;

    ConsumptionSeries(Db db, TenantRegistry tenants, CurrentCaller currentCaller) {
        this.db = db;
        this.tenants = tenants;
        this.currentCaller = currentCaller;
    }

    /** Of meters, wherever they were installed. */
    Uni<Map<UUID, ConsumptionView>> ofMeters(Collection<UUID> meters, MeterRegister register, Span span) {
        return of("device_id", meters, register, span);
    }

    /** Of service points, whichever meters counted there. */
    Uni<Map<UUID, ConsumptionView>> ofServicePoints(Collection<UUID> points, MeterRegister register, Span span) {
        return of("service_point_id", points, register, span);
    }

    private Uni<Map<UUID, ConsumptionView>> of(
            String column, Collection<UUID> owners, MeterRegister register, Span span) {
        UUID tenantId = currentCaller.get().requireTenant();
        UUID[] ids = owners.stream().distinct().toArray(UUID[]::new);
        return tenants.findById(tenantId).chain(tenant -> {
            ZoneId zone = tenant.orElseThrow().zone();
            List<ZonedDateTime> edges = span.edges(zone, ids.length);
            Tuple values = Tuple.of(
                    ids,
                    register.name(),
                    edges.get(0).toOffsetDateTime(),
                    edges.get(edges.size() - 1).toOffsetDateTime(),
                    zone.getId());
            return db.readSql(connection -> connection
                    .preparedQuery(span.by().sums(column))
                    .execute(values)
                    .map(rows -> series(rows, ids, edges, span.by(), zone)));
        });
    }

    private static Map<UUID, ConsumptionView> series(
            RowSet<Row> rows, UUID[] ids, List<ZonedDateTime> edges, ConsumptionPeriod by, ZoneId zone) {
        Map<UUID, Map<Instant, Row>> known = new HashMap<>();
        rows.forEach(row -> known.computeIfAbsent(row.getUUID("owner"), id -> new HashMap<>())
                .put(row.getOffsetDateTime("start").toInstant(), row));
        Map<UUID, ConsumptionView> series = new HashMap<>();
        for (UUID id : ids) {
            Map<Instant, Row> own = known.getOrDefault(id, Map.of());
            List<ConsumptionPointView> points = new ArrayList<>(edges.size());
            for (int i = 0; i + 1 < edges.size(); i++) {
                points.add(point(
                        edges.get(i).toInstant(),
                        edges.get(i + 1).toInstant(),
                        own.get(edges.get(i).toInstant())));
            }
            series.put(id, ConsumptionView.of(by, zone.getId(), List.of(points.toArray(NONE))));
        }
        return series;
    }

    private static ConsumptionPointView point(Instant start, Instant end, Row row) {
        return row == null
                ? new ConsumptionPointView(start, end, null, false, false)
                : new ConsumptionPointView(
                        start,
                        end,
                        row.getBigDecimal("quantity"),
                        row.getLong("covered_us") >= ChronoUnit.MICROS.between(start, end),
                        row.getInteger("readings") == 0);
    }

    /**
     * A span of a calendar.
     *
     * @param from its first day; for months, the month that it lies in
     * @param to the first day that no longer counts
     */
    record Span(ConsumptionPeriod by, LocalDate from, LocalDate to) {
        Span {
            if (!from.isBefore(to)) {
                throw new Problem(ProblemCode.VALIDATION, "to", Detail.of("须晚于 {0}", "must be after {0}", "from"));
            }
        }

        /** Where its stretches begin, and where the last one ends. */
        List<ZonedDateTime> edges(ZoneId zone, int series) {
            ZonedDateTime end = to.atStartOfDay(zone);
            List<ZonedDateTime> edges = new ArrayList<>();
            ZonedDateTime edge = by.first(from, zone);
            for (; edge.isBefore(end); edge = by.next(edge)) {
                edges.add(edge);
                if (edges.size() > LIMIT || (long) edges.size() * series > LIMIT_OF_ALL) {
                    throw new Problem(ProblemCode.VALIDATION, "from", "> " + LIMIT);
                }
            }
            edges.add(edge);
            return edges;
        }
    }
}
