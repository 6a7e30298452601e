package cloud.wuye.device.metering.cutoff;

import cloud.wuye.device.metering.account.CreditUnit;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.device.metering.account.MeterAccounts;
import cloud.wuye.holiday.HolidayCalendarView;
import cloud.wuye.holiday.HolidayCalendars;
import cloud.wuye.payment.order.OrdersUnderWay;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** How prepaid accounts stand and what comes next: a fixed number of statements for any number of meters. */
@ApplicationScoped
class MeterBalances {
    /**
     * Days of use, and what a unit cost on the last of them: by its newest lines, as many as a meter has that speaks every quarter
     * of an hour and whose quarters are each split in three. One that speaks twice a second would have thousands to add up.
     */
    private static final String USE =
            """
            SELECT p.point_id, c.quantity * 86400000000 / nullif(c.covered_us, 0) AS per_day, l.amount / nullif(l.quantity, 0) AS price
            FROM unnest($1::uuid[]) AS p (point_id)
            JOIN meter_balance b ON b.point_id = p.point_id
            CROSS JOIN LATERAL (
              SELECT sum(quantity) AS quantity, sum(covered_us) AS covered_us FROM consumption_by_day
              WHERE tenant_id = b.tenant_id AND device_id = b.device_id AND register = b.register
                AND service_point_id = b.point_id AND day > ($2::timestamptz - interval '8 days')::date) c
            CROSS JOIN LATERAL (
              SELECT sum(amount) AS amount, sum(quantity) AS quantity FROM (
                SELECT energy_amount + service_amount AS amount, quantity FROM rated_line
                WHERE tenant_id = b.tenant_id AND point_id = b.point_id
                  AND until > b.charged_until - interval '1 day' AND until <= b.charged_until
                ORDER BY until DESC, revision DESC, no DESC LIMIT 300) newest) l""";

    private static final Duration YEAR = Duration.ofDays(365);
    private static final BigDecimal DAY = BigDecimal.valueOf(Duration.ofDays(1).toSeconds());

    private final Db db;
    private final MeterAccounts accounts;
    private final CreditWatch watch;
    private final CutOffPolicies policies;
    private final HolidayCalendars calendars;
    private final OrdersUnderWay orders;
    private final TenantRegistry tenants;
    private final Clock clock;

    MeterBalances(
            Db db,
            MeterAccounts accounts,
            CreditWatch watch,
            CutOffPolicies policies,
            HolidayCalendars calendars,
            OrdersUnderWay orders,
            TenantRegistry tenants,
            Clock clock) {
        this.db = db;
        this.accounts = accounts;
        this.watch = watch;
        this.policies = policies;
        this.calendars = calendars;
        this.orders = orders;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** By meter; those without a prepaid account that the service counts are missing. */
    Uni<Map<UUID, MeterBalanceView>> of(Collection<UUID> meters) {
        return db.readSql(connection -> accounts.ofDevices(connection, meters)
                .map(found -> found.values().stream().map(MeterAccount::pointId).toList())
                .flatMap(points -> points.isEmpty() ? Uni.createFrom().item(Map.of()) : ofPoints(connection, points)));
    }

    Uni<MeterBalanceView> one(UUID meter) {
        return of(List.of(meter)).map(found -> found.get(meter));
    }

    private Uni<Map<UUID, MeterBalanceView>> ofPoints(SqlConnection connection, List<UUID> points) {
        Instant now = clock.now();
        return watch.ofPoints(connection, points).flatMap(all -> {
            Set<UUID> companies = all.stream().map(CreditFacts::tenantId).collect(Collectors.toSet());
            return orders.of(connection, companies, points, now).flatMap(paying -> policies.ofCompanies(
                            connection, companies)
                    .flatMap(known -> calendars
                            .ofCompanies(connection, companies)
                            .flatMap(days -> use(connection, points, now).map(use -> {
                                Map<UUID, MeterBalanceView> found = new HashMap<>();
                                all.forEach(facts -> found.put(
                                        facts.deviceId(),
                                        view(
                                                facts,
                                                paying.getOrDefault(facts.pointId(), OrdersUnderWay.Of.NOTHING),
                                                CutOffPolicies.quietTimes(
                                                        known.of(facts.tenantId(), facts.policyId()),
                                                        days.getOrDefault(
                                                                facts.tenantId(), List.<HolidayCalendarView>of())),
                                                use.get(facts.pointId()),
                                                now)));
                                return found;
                            }))));
        });
    }

    /** Use of an average day, in quantity and in money. */
    private record Use(BigDecimal perDay, BigDecimal price) {
        BigDecimal in(CreditUnit unit) {
            if (perDay == null || unit == CreditUnit.QUANTITY) {
                return perDay;
            }
            return price == null ? null : perDay.multiply(price);
        }
    }

    private static Uni<Map<UUID, Use>> use(SqlConnection connection, List<UUID> points, Instant now) {
        return connection
                .preparedQuery(USE)
                .execute(Tuple.of(points.toArray(UUID[]::new), now.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    Map<UUID, Use> found = new HashMap<>();
                    rows.forEach(row -> found.put(
                            row.getUUID("point_id"),
                            new Use(row.getBigDecimal("per_day"), row.getBigDecimal("price"))));
                    return found;
                });
    }

    private MeterBalanceView view(CreditFacts facts, OrdersUnderWay.Of paying, QuietTimes quiet, Use use, Instant now) {
        BigDecimal arrears = facts.credit().negate().max(BigDecimal.ZERO);
        BigDecimal overdraftUsed = arrears.min(facts.overdraft());
        BigDecimal emergencyUsed =
                facts.emergencyTaken() ? arrears.subtract(overdraftUsed).min(facts.emergency()) : BigDecimal.ZERO;
        BigDecimal level =
                CreditLevels.of(facts.credit(), facts.lowLevels(), facts.told()).next();
        BigDecimal perDay = use == null ? null : use.in(facts.unit());
        Instant limitAt = reached(facts.credit().add(facts.limit()), perDay, now);
        return new MeterBalanceView(
                facts.pointId(),
                facts.unit(),
                facts.credit(),
                state(facts),
                facts.overdraft(),
                overdraftUsed,
                facts.emergency(),
                facts.emergencyTaken(),
                emergencyUsed,
                arrears,
                paying.pendingFen(),
                paying.paidFen(),
                level,
                perDay == null ? null : perDay.setScale(4, RoundingMode.HALF_UP),
                level == null ? null : reached(facts.credit().subtract(level), perDay, now),
                limitAt,
                cutOffAt(facts, limitAt, quiet),
                facts.beyondLimit() ? facts.sparedFor() : null,
                facts.beyondLimit() ? facts.sparedUntil() : null,
                facts.heldSince());
    }

    private static MeterBalanceState state(CreditFacts facts) {
        if (facts.heldSince() != null) {
            return MeterBalanceState.HELD;
        }
        if (facts.beyondLimit()) {
            return MeterBalanceState.SPARED;
        }
        if (facts.credit().signum() < 0) {
            return MeterBalanceState.OVERDRAWN;
        }
        boolean low = facts.lowLevels().stream().anyMatch(each -> facts.credit().compareTo(each) < 0);
        return low ? MeterBalanceState.LOW : MeterBalanceState.GOOD;
    }

    /** When so much is used up; null when nothing is used, or not within a year. */
    private static Instant reached(BigDecimal left, BigDecimal perDay, Instant now) {
        if (left.signum() < 0 || perDay == null || perDay.signum() <= 0) {
            return null;
        }
        BigDecimal seconds = left.multiply(DAY).divide(perDay, 0, RoundingMode.DOWN);
        return seconds.compareTo(BigDecimal.valueOf(YEAR.toSeconds())) > 0
                ? null
                : now.plusSeconds(seconds.longValueExact());
    }

    private Instant cutOffAt(CreditFacts facts, Instant limitAt, QuietTimes quiet) {
        if (facts.keepSupply() || facts.heldSince() != null) {
            return null;
        }
        Instant first = facts.beyondLimit() ? facts.sparedUntil() : limitAt;
        if (first == null) {
            return null;
        }
        Instant calm = quiet.until(
                first, tenants.byId(facts.tenantId()).map(Tenant::zone).orElse(java.time.ZoneId.of("UTC")));
        return calm == null ? first : calm;
    }
}
