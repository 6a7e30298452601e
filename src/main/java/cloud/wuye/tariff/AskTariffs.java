package cloud.wuye.tariff;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.tariff.rating.NotRateable;
import cloud.wuye.tariff.rating.PriceCell;
import cloud.wuye.tariff.rating.RateUsage;
import cloud.wuye.tariff.rating.Segment;
import cloud.wuye.tariff.rating.Tariff;
import cloud.wuye.tariff.rating.TariffVersionTerms;
import cloud.wuye.tariff.rating.Usage;
import cloud.wuye.tariff.rating.Used;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What people ask about tariffs: the price at some time, what usage would cost and why. */
@ApplicationScoped
class AskTariffs {
    private static final BigDecimal MOST = new BigDecimal("10000000000");

    private final Db db;
    private final TariffPlans plans;
    private final TariffVersions versions;
    private final Tariffs tariffs;
    private final TenantRegistry tenants;
    private final CurrentCaller currentCaller;

    AskTariffs(
            Db db,
            TariffPlans plans,
            TariffVersions versions,
            Tariffs tariffs,
            TenantRegistry tenants,
            CurrentCaller currentCaller) {
        this.db = db;
        this.plans = plans;
        this.versions = versions;
        this.tariffs = tariffs;
        this.tenants = tenants;
        this.currentCaller = currentCaller;
    }

    Uni<TariffPlanView> plan(UUID id) {
        return db.readSql(connection -> plans.byId(connection, id));
    }

    Uni<List<List<TariffVersionSummaryView>>> versions(List<UUID> planIds) {
        return db.readSql(connection -> versions.ofPlans(connection, planIds)).map(found -> planIds.stream()
                .map(plan -> found.stream()
                        .filter(row -> row.planId().equals(plan))
                        .map(TariffVersionSummaryView::of)
                        .toList())
                .toList());
    }

    /** Null when there is none. */
    Uni<TariffVersionView> version(UUID id) {
        return db.readSql(connection -> versions.find(connection, id))
                .map(found -> found == null ? null : TariffVersionView.of(found));
    }

    Uni<RatedUsageView> rate(RateUsageInput input) {
        List<Usage> usages = input.usages().stream().map(UsageInput::usage).toList();
        BigDecimal month = quantity("usedInMonth", input.usedInMonth(), BigDecimal.ZERO);
        BigDecimal year = quantity("usedInYear", input.usedInYear(), month);
        return withZone(zone -> db.readSql(connection -> tariff(connection, input, zone)))
                .map(tariff -> {
                    try {
                        return RatedUsageView.of(RateUsage.rate(tariff, usages, new Used(month, year)));
                    } catch (NotRateable e) {
                        throw new Problem(ProblemCode.TARIFF_NOT_IN_FORCE, "usages", e.getMessage());
                    }
                });
    }

    Uni<PriceAtView> priceAt(UUID plan, Instant at) {
        Instant micros = at.truncatedTo(ChronoUnit.MICROS);
        return withZone(zone -> db.readSql(connection ->
                        requirePlan(connection, plan).chain(() -> tariffs.inForce(connection, plan, zone))))
                .map(tariff -> priceAt(tariff, micros));
    }

    /** Null when no version holds then. */
    private static PriceAtView priceAt(Tariff tariff, Instant at) {
        Instant end = at.plus(TariffSegments.BACK);
        List<Segment> segments = tariff.segments(at, end);
        if (segments.isEmpty() || segments.get(0).from().isAfter(at)) {
            return null;
        }
        Segment now = segments.get(0);
        Segment before = now;
        Segment next = null;
        for (Segment segment : segments.subList(1, segments.size())) {
            boolean gap = !before.to().equals(segment.from());
            if (gap || !prices(segment).equals(prices(now))) {
                next = gap ? null : segment;
                break;
            }
            before = segment;
        }
        Instant change = before.to().equals(end) ? null : before.to();
        return new PriceAtView(
                at,
                now.version().id(),
                now.version().number(),
                now.period(),
                prices(now),
                change,
                next == null ? null : next.period(),
                next == null ? List.of() : prices(next));
    }

    private static List<PriceCell> prices(Segment segment) {
        return segment.version().terms().prices().stream()
                .filter(cell -> cell.period() == segment.period())
                .toList();
    }

    private Uni<Tariff> tariff(SqlConnection connection, RateUsageInput input, ZoneId zone) {
        return requirePlan(connection, input.planId())
                .chain(() -> input.versionId() == null
                        ? tariffs.inForce(connection, input.planId(), zone)
                        : versions.byId(connection, input.versionId()).map(version -> alone(version, input, zone)));
    }

    private static Tariff alone(TariffVersionRow version, RateUsageInput input, ZoneId zone) {
        if (!version.planId().equals(input.planId())) {
            throw new Problem(ProblemCode.NOT_FOUND, "versionId", version.id());
        }
        return new Tariff(
                zone,
                List.of(new TariffVersionTerms(
                        version.id(), version.number(), LocalDate.EPOCH, null, version.terms())));
    }

    private Uni<TariffPlanView> requirePlan(SqlConnection connection, UUID plan) {
        return plans.byId(connection, plan).invoke(found -> {
            if (found == null) {
                throw new Problem(ProblemCode.NOT_FOUND, "planId", plan);
            }
        });
    }

    private <T> Uni<T> withZone(Function<ZoneId, Uni<T>> work) {
        return tenants.findById(currentCaller.get().requireTenant())
                .flatMap(tenant -> work.apply(tenant.orElseThrow().zone()));
    }

    private static BigDecimal quantity(String field, BigDecimal given, BigDecimal otherwise) {
        BigDecimal value = given == null ? otherwise : given;
        if (value.signum() < 0
                || value.compareTo(MOST) > 0
                || value.stripTrailingZeros().scale() > Usage.DECIMALS) {
            throw new Problem(ProblemCode.VALIDATION, field, value.toPlainString());
        }
        return value;
    }
}
