package cloud.wuye.tariff;

import cloud.wuye.holiday.HolidayCalendars;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.rating.Holidays;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/** Use case: plans are made, versions of them drafted and changed. What is in force is {@link PublishTariffs}'. */
@ApplicationScoped
class ShapeTariffs {
    private final Db db;
    private final TariffPlans plans;
    private final TariffVersions versions;
    private final HolidayCalendars calendars;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    ShapeTariffs(
            Db db,
            TariffPlans plans,
            TariffVersions versions,
            HolidayCalendars calendars,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.plans = plans;
        this.versions = versions;
        this.calendars = calendars;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    Uni<TariffPlanView> create(TariffPlanInput input) {
        Caller caller = currentCaller.get();
        UUID id = Ids.next();
        return db.writeSql(tx -> plans.add(tx, caller.requireTenant(), id, input, clock.now())
                .call(plan -> audit.record(tx, caller, "tariffPlan.create", "TariffPlan", id, null, plan, null)));
    }

    Uni<TariffPlanView> rename(UUID id, int version, String name) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> plans.locked(tx, id, "id").flatMap(before -> {
            if (before.version() != version) {
                throw new Problem(ProblemCode.STALE, "version");
            }
            return plans.rename(tx, id, name)
                    .call(after ->
                            audit.record(tx, caller, "tariffPlan.rename", "TariffPlan", id, before, after, null));
        }));
    }

    Uni<TariffVersionRow> draft(UUID plan, TariffVersionInput input) {
        Caller caller = currentCaller.get();
        UUID id = Ids.next();
        return db.writeSql(tx -> plans.locked(tx, plan, "planId")
                .chain(() -> holidays(tx, calendars, input.holidayCalendarId()))
                .flatMap(days ->
                        versions.draft(tx, caller.requireTenant(), id, plan, input, input.terms(days), clock.now()))
                .call(after -> record(tx, caller, "draft", null, after)));
    }

    Uni<TariffVersionRow> change(UUID id, int version, TariffVersionInput input) {
        Caller caller = currentCaller.get();
        return db.writeSql(
                tx -> draftOf(tx, id, version).flatMap(before -> holidays(tx, calendars, input.holidayCalendarId())
                        .flatMap(days -> versions.change(tx, id, input, input.terms(days)))
                        .call(after -> record(tx, caller, "change", before, after))));
    }

    Uni<TariffVersionRow> discard(UUID id) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> draftOf(tx, id, null)
                .call(before -> versions.discard(tx, id))
                .call(before -> record(tx, caller, "discard", before, null)));
    }

    private Uni<TariffVersionRow> draftOf(SqlConnection tx, UUID id, Integer version) {
        return versions.byId(tx, id)
                .call(found -> plans.locked(tx, found.planId(), "id"))
                .chain(() -> versions.byId(tx, id))
                .invoke(found -> require(found, TariffVersionStatus.DRAFT, version));
    }

    static void require(TariffVersionRow found, TariffVersionStatus status, Integer version) {
        if (found.status() != status) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, "id", found.status());
        }
        if (version != null && found.version() != version) {
            throw new Problem(ProblemCode.STALE, "version");
        }
    }

    /** The days of a calendar, to be copied. */
    static Uni<Holidays> holidays(SqlConnection tx, HolidayCalendars calendars, UUID calendar) {
        return calendar == null
                ? Uni.createFrom().item(Holidays.NONE)
                : calendars
                        .byId(tx, calendar)
                        .map(found -> new Holidays(Set.copyOf(found.daysOff()), Set.copyOf(found.workingDays())));
    }

    private Uni<Void> record(
            SqlConnection tx, Caller caller, String act, TariffVersionRow before, TariffVersionRow after) {
        return audit.record(
                tx,
                caller,
                "tariffVersion." + act,
                "TariffVersion",
                after == null ? before.id() : after.id(),
                before == null ? null : before.forAudit(),
                after == null ? null : after.forAudit(),
                null);
    }
}
