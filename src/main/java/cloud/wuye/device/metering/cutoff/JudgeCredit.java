package cloud.wuye.device.metering.cutoff;

import cloud.wuye.device.command.CommandOrigin;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.device.supply.HoldReason;
import cloud.wuye.device.supply.SupplyHolds;
import cloud.wuye.holiday.HolidayCalendarView;
import cloud.wuye.holiday.HolidayCalendars;
import cloud.wuye.payment.order.OrdersUnderWay;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Use case: looks at accounts whose credit has moved past a mark, whose bills are overdue or whose time has come: tells people,
 * cuts off, spares or gives back. All that it knows stands in the tables, so it goes on after a restart, and two of it share the work.
 */
@ApplicationScoped
public class JudgeCredit {
    private static final int BATCH = 200;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Db db;
    private final CreditWatch watch;
    private final CutOffPolicies policies;
    private final HolidayCalendars calendars;
    private final OrdersUnderWay orders;
    private final SupplyHolds holds;
    private final SendCommands send;
    private final TellOfCredit tell;
    private final TenantRegistry tenants;
    private final Clock clock;

    JudgeCredit(
            Db db,
            CreditWatch watch,
            CutOffPolicies policies,
            HolidayCalendars calendars,
            OrdersUnderWay orders,
            SupplyHolds holds,
            SendCommands send,
            TellOfCredit tell,
            TenantRegistry tenants,
            Clock clock) {
        this.db = db;
        this.watch = watch;
        this.policies = policies;
        this.calendars = calendars;
        this.orders = orders;
        this.holds = holds;
        this.send = send;
        this.tell = tell;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** Looks at all that are due; tells how many those were. */
    public Uni<Integer> now() {
        return Batches.untilDry(
                        () -> db.acrossTenants("credit that passed a mark", tx -> watch.due(tx, clock.now(), BATCH)
                                .flatMap(due -> judge(tx, due, false).replaceWith(due.size()))))
                .invoke(count -> {
                    if (count > 0) {
                        send.hurry();
                    }
                });
    }

    /** Looks at one account at once, in the caller's transaction; at accounts of other kinds there is nothing to see. */
    public Uni<Void> look(SqlConnection tx, UUID tenantId, UUID pointId) {
        return watch.one(tx, tenantId, pointId).flatMap(found -> judge(tx, found, false));
    }

    /** The same; a person gives supply back where the policy wants one. */
    Uni<Void> lookAsPerson(SqlConnection tx, UUID tenantId, UUID pointId) {
        return watch.one(tx, tenantId, pointId).flatMap(found -> judge(tx, found, true));
    }

    private Uni<Void> judge(SqlConnection tx, List<CreditFacts> accounts, boolean byPerson) {
        if (accounts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.now();
        Set<UUID> companies = accounts.stream().map(CreditFacts::tenantId).collect(Collectors.toSet());
        List<UUID> points = accounts.stream().map(CreditFacts::pointId).toList();
        Map<UUID, Instant> below = new HashMap<>();
        accounts.stream()
                .filter(each -> each.belowSince() != null)
                .forEach(each -> below.put(each.pointId(), each.belowSince()));
        return watch.cutSince(tx, accounts, now.minus(HOUR))
                .flatMap(cut -> orders.of(tx, companies, points, now).flatMap(paying -> orders.lapsed(
                                tx, companies, below, now)
                        .flatMap(lapsed -> policies.ofCompanies(tx, companies).flatMap(known -> calendars
                                .ofCompanies(tx, companies)
                                .map(days -> judgements(
                                        accounts, new Known(now, byPerson, cut, paying, lapsed, known, days)))))))
                .flatMap(all -> watch.keep(tx, all)
                        .chain(() -> tell.of(tx, all, now))
                        .chain(() -> hold(tx, all))
                        .chain(() -> release(tx, all)));
    }

    /** What all accounts of a batch are judged by. */
    private record Known(
            Instant now,
            boolean byPerson,
            Map<UUID, CreditWatch.Cut> cut,
            Map<UUID, OrdersUnderWay.Of> paying,
            Map<UUID, Integer> lapsed,
            CutOffPolicies.Known policies,
            Map<UUID, List<HolidayCalendarView>> calendars) {}

    private List<Judgement> judgements(List<CreditFacts> accounts, Known known) {
        List<Judgement> all = new ArrayList<>(accounts.size());
        for (CreditFacts account : accounts) {
            CutOffPolicy policy = known.policies.of(account.tenantId(), account.policyId());
            CutOffDecision.Facts inputs = inputs(account, policy, known);
            CutOffDecision decision = CutOffDecision.of(inputs);
            if (decision.outcome() == CutOffOutcome.HOLD) {
                known.cut.merge(
                        account.buildingId(),
                        CreditWatch.Cut.NONE.plusOne(known.now),
                        (before, one) -> before.plusOne(known.now));
            }
            all.add(new Judgement(account, inputs, account.levels(), decision));
        }
        return all;
    }

    private CutOffDecision.Facts inputs(CreditFacts account, CutOffPolicy policy, Known known) {
        OrdersUnderWay.Of paying = known.paying.getOrDefault(account.pointId(), OrdersUnderWay.Of.NOTHING);
        CreditWatch.Cut cut = known.cut.getOrDefault(account.buildingId(), CreditWatch.Cut.NONE);
        QuietTimes quiet =
                CutOffPolicies.quietTimes(policy, known.calendars.getOrDefault(account.tenantId(), List.of()));
        return new CutOffDecision.Facts(
                known.now,
                account.credit(),
                account.limit(),
                account.heldSince() != null,
                account.keepSupply(),
                quiet.until(known.now, zone(account.tenantId())),
                account.lastReadingAt(),
                policy.freshHours(),
                account.anomaly(),
                account.clockDoubted(),
                account.chargePending(),
                paying.paidFen() > 0,
                paying.payableUntil(),
                known.lapsed.getOrDefault(account.pointId(), 0),
                cut.count(),
                cut.firstAt(),
                policy.mostPerHour(),
                policy.autoReconnect() || known.byPerson,
                account.billed(),
                account.overdueBills(),
                account.overdueSince());
    }

    private ZoneId zone(UUID tenantId) {
        return tenants.byId(tenantId).map(Tenant::zone).orElse(ZoneOffset.UTC);
    }

    private Uni<Void> hold(SqlConnection tx, List<Judgement> all) {
        return eachCompany(
                all,
                CutOffOutcome.HOLD,
                (company, places) -> holds.open(tx, company, places, arrears(company, "credit is used up")));
    }

    private Uni<Void> release(SqlConnection tx, List<Judgement> all) {
        return eachCompany(
                all,
                CutOffOutcome.RELEASE,
                (company, places) -> holds.release(tx, company, places, arrears(company, "paid")));
    }

    private static SupplyHolds.Hold arrears(UUID company, String note) {
        return new SupplyHolds.Hold(HoldReason.ARREARS, Caller.system(company), CommandOrigin.SYSTEM, note);
    }

    private interface Act {
        Uni<?> at(UUID company, List<SupplyHolds.Place> places);
    }

    /** A meter that is gone is not switched: it may serve another account by now. */
    private static Uni<Void> eachCompany(List<Judgement> all, CutOffOutcome outcome, Act act) {
        Map<UUID, List<SupplyHolds.Place>> places = all.stream()
                .filter(each ->
                        each.decision().outcome() == outcome && each.facts().served())
                .collect(Collectors.groupingBy(
                        each -> each.facts().tenantId(),
                        TreeMap::new,
                        Collectors.mapping(
                                each -> SupplyHolds.Place.of(each.facts().deviceId()), Collectors.toList())));
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Map.Entry<UUID, List<SupplyHolds.Place>> company : places.entrySet()) {
            done = done.chain(() -> act.at(company.getKey(), company.getValue()))
                    .replaceWithVoid();
        }
        return done;
    }
}
