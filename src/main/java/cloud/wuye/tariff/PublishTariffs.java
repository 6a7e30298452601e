package cloud.wuye.tariff;

import cloud.wuye.holiday.HolidayCalendars;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.rating.PriceCheck;
import cloud.wuye.tariff.rating.PriceVerdict;
import cloud.wuye.tariff.rating.Tariff;
import cloud.wuye.tariff.rating.TariffTerms;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;

/**
 * Use case: versions come into force and end. Only the first version of a plan may begin in the past; whatever changes an
 * existing order does so from tomorrow on, so that no price that usage was charged by is ever moved.
 */
@ApplicationScoped
class PublishTariffs {
    private final Db db;
    private final TariffPlans plans;
    private final TariffVersions versions;
    private final TariffSegments segments;
    private final HolidayCalendars calendars;
    private final TenantRegistry tenants;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    PublishTariffs(
            Db db,
            TariffPlans plans,
            TariffVersions versions,
            TariffSegments segments,
            HolidayCalendars calendars,
            TenantRegistry tenants,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.plans = plans;
        this.versions = versions;
        this.segments = segments;
        this.calendars = calendars;
        this.tenants = tenants;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** A change under way: whose, of which plan, in which zone. */
    private record Change(SqlConnection tx, Caller caller, ZoneId zone, UUID plan) {}

    /** Puts a draft in force; the open version before it ends where it begins. */
    Uni<TariffVersionRow> publish(UUID id, int version) {
        Caller caller = currentCaller.get();
        return zone(caller)
                .flatMap(zone -> db.writeSql(tx -> versions.byId(tx, id)
                        .call(found -> plans.locked(tx, found.planId(), "id"))
                        .chain(() -> versions.byId(tx, id))
                        .invoke(found -> ShapeTariffs.require(found, TariffVersionStatus.DRAFT, version))
                        .flatMap(draft -> publish(new Change(tx, caller, zone, draft.planId()), draft))));
    }

    private Uni<TariffVersionRow> publish(Change change, TariffVersionRow draft) {
        SqlConnection tx = change.tx();
        return versions.published(tx, change.plan()).flatMap(published -> {
            TariffVersionRow last = published.isEmpty() ? null : published.get(published.size() - 1);
            requireLater(draft.validFrom(), last, change.zone());
            return ShapeTariffs.holidays(tx, calendars, draft.calendarId())
                    .map(days -> draft.terms().with(days))
                    .invoke(PublishTariffs::requireWithinGrid)
                    .call(() -> last == null || last.validTo() != null
                            ? Uni.createFrom().nullItem()
                            : versions.end(tx, last.id(), draft.validFrom(), draft.id()))
                    .flatMap(terms ->
                            versions.publish(tx, change.caller().requireTenant(), draft.id(), terms, clock.now()))
                    .call(() -> layOut(change, draft.validFrom()))
                    .call(after -> record(change, "publish", draft, after, null));
        });
    }

    /** Takes a published version back that has not begun; the one that it ended goes on. */
    Uni<TariffVersionRow> withdraw(UUID id, String reason) {
        Caller caller = currentCaller.get();
        return zone(caller)
                .flatMap(zone -> db.writeSql(tx -> versions.byId(tx, id)
                        .call(found -> plans.locked(tx, found.planId(), "id"))
                        .chain(() -> versions.byId(tx, id))
                        .invoke(found -> ShapeTariffs.require(found, TariffVersionStatus.PUBLISHED, null))
                        .flatMap(found -> withdraw(new Change(tx, caller, zone, found.planId()), found, reason))));
    }

    private Uni<TariffVersionRow> withdraw(Change change, TariffVersionRow version, String reason) {
        if (version.validFrom().isBefore(tomorrow(change.zone()))) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, "id", version.validFrom());
        }
        SqlConnection tx = change.tx();
        return versions.published(tx, change.plan()).flatMap(published -> {
            if (published.stream().anyMatch(other -> other.validFrom().isAfter(version.validFrom()))) {
                // The last first: else its predecessor would have to reach over to a day that nobody chose.
                throw new Problem(ProblemCode.ILLEGAL_STATE, "id", "PUBLISHED");
            }
            TariffVersionRow ended = published.stream()
                    .filter(other -> version.id().equals(other.endedBy()))
                    .findFirst()
                    .orElse(null);
            return versions.withdraw(tx, version.id())
                    .call(() -> ended == null ? Uni.createFrom().nullItem() : versions.end(tx, ended.id(), null, null))
                    .call(() -> layOut(change, version.validFrom()))
                    .call(after -> record(change, "withdraw", version, after, reason));
        });
    }

    /** Ends the last version of a plan; what is used from that day on has no price until another begins. */
    Uni<TariffVersionRow> end(UUID plan, LocalDate on, String reason) {
        Caller caller = currentCaller.get();
        return zone(caller)
                .flatMap(zone -> db.writeSql(tx -> plans.locked(tx, plan, "planId")
                        .chain(() -> versions.published(tx, plan))
                        .flatMap(published -> {
                            TariffVersionRow last = published.isEmpty() ? null : published.get(published.size() - 1);
                            if (last == null || last.validTo() != null) {
                                throw new Problem(
                                        ProblemCode.ILLEGAL_STATE, "planId", last == null ? "-" : last.validTo());
                            }
                            requireLater(on, last, zone);
                            Change change = new Change(tx, caller, zone, plan);
                            return versions.end(tx, last.id(), on, null)
                                    .call(() -> layOut(change, on))
                                    .call(after -> record(change, "end", last, after, reason));
                        })));
    }

    private void requireLater(LocalDate from, TariffVersionRow last, ZoneId zone) {
        LocalDate earliest;
        if (last == null) {
            earliest = LocalDate.ofInstant(clock.now().minus(TariffSegments.BACK), zone);
        } else {
            LocalDate after = last.validTo() == null ? last.validFrom().plusDays(1) : last.validTo();
            LocalDate tomorrow = tomorrow(zone);
            earliest = after.isAfter(tomorrow) ? after : tomorrow;
        }
        if (from.isBefore(earliest)) {
            throw new Problem(ProblemCode.TARIFF_TOO_EARLY, "validFrom", earliest);
        }
    }

    private static void requireWithinGrid(TariffTerms terms) {
        for (PriceCheck check : terms.priceCheck()) {
            if (check.verdict() == PriceVerdict.REFUSED) {
                throw new Problem(
                        ProblemCode.TARIFF_ABOVE_GRID,
                        "cap",
                        check.tier(),
                        check.period(),
                        check.excess().toPlainString());
            }
        }
    }

    private Uni<Integer> layOut(Change change, LocalDate from) {
        return versions.published(change.tx(), change.plan())
                .flatMap(published -> segments.layOut(
                        change.tx(),
                        change.caller().requireTenant(),
                        change.plan(),
                        new Tariff(
                                change.zone(),
                                published.stream()
                                        .map(TariffVersionRow::inForce)
                                        .toList()),
                        from,
                        clock.now()));
    }

    private LocalDate tomorrow(ZoneId zone) {
        return LocalDate.ofInstant(clock.now(), zone).plusDays(1);
    }

    private Uni<ZoneId> zone(Caller caller) {
        return tenants.findById(caller.requireTenant())
                .map(tenant -> tenant.orElseThrow().zone());
    }

    private Uni<Void> record(
            Change change, String act, TariffVersionRow before, TariffVersionRow after, String reason) {
        return audit.record(
                change.tx(),
                change.caller(),
                "tariffVersion." + act,
                "TariffVersion",
                after.id(),
                before.forAudit(),
                after.forAudit(),
                reason);
    }
}
