package cloud.wuye.device.metering.cutoff;

import cloud.wuye.holiday.HolidayCalendarView;
import cloud.wuye.holiday.HolidayCalendars;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The companies' policies of cutting off, a handful each. Whoever is spared by one is looked at anew when it changes. */
@ApplicationScoped
class CutOffPolicies {
    private static final String OF_COMPANIES = "SELECT * FROM cut_off_policy WHERE tenant_id = ANY($1)";
    private static final String LOCKED = "SELECT * FROM cut_off_policy WHERE id = $1 FOR UPDATE";
    private static final String TAKEN = "SELECT 1 FROM cut_off_policy WHERE name = $1 AND id <> $2";
    private static final String NO_LONGER_USUAL =
            "UPDATE cut_off_policy SET usual = false, version = version + 1 WHERE usual AND id <> $1";
    private static final String KEEP =
            """
            INSERT INTO cut_off_policy AS p (id, tenant_id, name, usual, quiet_from, quiet_to, spare_weekends, spare_holidays, calendar_id,
              fresh_hours, most_per_hour, auto_reconnect)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (tenant_id, id) DO UPDATE
            SET name = excluded.name, usual = excluded.usual, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
                spare_weekends = excluded.spare_weekends, spare_holidays = excluded.spare_holidays,
                calendar_id = excluded.calendar_id, fresh_hours = excluded.fresh_hours, most_per_hour = excluded.most_per_hour,
                auto_reconnect = excluded.auto_reconnect, version = p.version + 1
            RETURNING *""";
    private static final String IN_USE = "SELECT 1 FROM meter_account WHERE policy_id = $1 LIMIT 1";

    private final Db db;
    private final HolidayCalendars calendars;
    private final CreditWatch watch;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    CutOffPolicies(
            Db db,
            HolidayCalendars calendars,
            CreditWatch watch,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.calendars = calendars;
        this.watch = watch;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** All policies of some companies. */
    record Known(Map<UUID, CutOffPolicy> byId, Map<UUID, CutOffPolicy> usual) {
        /** The one that an account names, else its company's usual one. */
        CutOffPolicy of(UUID tenantId, UUID policyId) {
            CutOffPolicy named = policyId == null ? null : byId.get(policyId);
            return named == null ? usual.getOrDefault(tenantId, CutOffPolicy.USUAL) : named;
        }
    }

    Uni<Known> ofCompanies(SqlConnection connection, Collection<UUID> tenants) {
        return connection
                .preparedQuery(OF_COMPANIES)
                .execute(Tuple.of(tenants.toArray(UUID[]::new)))
                .map(rows -> {
                    Known known = new Known(new HashMap<>(), new HashMap<>());
                    rows.forEach(row -> {
                        CutOffPolicy policy = CutOffPolicy.of(row);
                        known.byId.put(policy.id(), policy);
                        if (policy.usual()) {
                            known.usual.put(row.getUUID("tenant_id"), policy);
                        }
                    });
                    return known;
                });
    }

    /** A policy's times with the holidays it means: without a calendar every day off that any of the company's knows. */
    static QuietTimes quietTimes(CutOffPolicy policy, List<HolidayCalendarView> companys) {
        Set<LocalDate> off = new HashSet<>();
        Set<LocalDate> working = new HashSet<>();
        for (HolidayCalendarView calendar : companys) {
            if (policy.calendarId() == null) {
                off.addAll(calendar.daysOff());
            } else if (policy.calendarId().equals(calendar.id())) {
                off.addAll(calendar.daysOff());
                working.addAll(calendar.workingDays());
            }
        }
        return new QuietTimes(policy.quiet(), policy.spareWeekends(), policy.spareHolidays(), off, working);
    }

    Uni<Page<CutOffPolicyView>> page(CutOffPolicyFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> Select.of("select p.* from cut_off_policy p")
                .contains("p.name", filter.search())
                .page(connection, order, page, row -> CutOffPolicyView.of(CutOffPolicy.of(row))));
    }

    Uni<CutOffPolicyView> create(CutOffPolicyInput input) {
        Caller caller = currentCaller.get();
        UUID id = Ids.next();
        return db.writeSql(
                tx -> keep(tx, caller, id, input).call(after -> record(tx, caller, "create", id, null, after)));
    }

    Uni<CutOffPolicyView> change(UUID id, int version, CutOffPolicyInput input) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> locked(tx, id)
                .invoke(before -> {
                    if (before.version() != version) {
                        throw new Problem(ProblemCode.STALE, "version");
                    }
                })
                .flatMap(before ->
                        keep(tx, caller, id, input).call(after -> record(tx, caller, "change", id, before, after))));
    }

    Uni<CutOffPolicyView> delete(UUID id) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> locked(tx, id)
                .call(() -> tx.preparedQuery(IN_USE).execute(Tuple.of(id)).invoke(rows -> {
                    if (rows.size() > 0) {
                        throw new Problem(ProblemCode.ILLEGAL_STATE, "id", Detail.of("使用中", "in use"));
                    }
                }))
                .call(() -> tx.preparedQuery("DELETE FROM cut_off_policy WHERE id = $1")
                        .execute(Tuple.of(id)))
                .call(() -> watch.lookAnew(tx, caller.requireTenant(), clock.now()))
                .call(before -> record(tx, caller, "delete", id, before, null)));
    }

    private Uni<CutOffPolicyView> keep(SqlConnection tx, Caller caller, UUID id, CutOffPolicyInput input) {
        CutOffPolicy wanted = input.policy(id);
        return tx.preparedQuery(TAKEN)
                .execute(Tuple.of(wanted.name(), id))
                .invoke(rows -> {
                    if (rows.size() > 0) {
                        throw new Problem(ProblemCode.ALREADY_EXISTS, "input.name", wanted.name());
                    }
                })
                .chain(() -> wanted.calendarId() == null
                        ? Uni.createFrom().voidItem()
                        : calendars.byId(tx, wanted.calendarId()).replaceWithVoid())
                .chain(() -> wanted.usual()
                        ? tx.preparedQuery(NO_LONGER_USUAL)
                                .execute(Tuple.of(id))
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem())
                .chain(() -> tx.preparedQuery(KEEP).execute(Tuple.from(new Object[] {
                    id,
                    caller.requireTenant(),
                    wanted.name(),
                    wanted.usual(),
                    wanted.quiet().stream().map(QuietTimes.Hours::fromMinute).toArray(Integer[]::new),
                    wanted.quiet().stream().map(QuietTimes.Hours::toMinute).toArray(Integer[]::new),
                    wanted.spareWeekends(),
                    wanted.spareHolidays(),
                    wanted.calendarId(),
                    wanted.freshHours(),
                    wanted.mostPerHour(),
                    wanted.autoReconnect()
                })))
                .call(() -> watch.lookAnew(tx, caller.requireTenant(), clock.now()))
                .map(rows -> CutOffPolicyView.of(CutOffPolicy.of(rows.iterator().next())));
    }

    private static Uni<CutOffPolicyView> locked(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCKED).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                throw new Problem(ProblemCode.NOT_FOUND, "id", id);
            }
            return CutOffPolicyView.of(CutOffPolicy.of(rows.iterator().next()));
        });
    }

    private Uni<Void> record(
            SqlConnection tx, Caller caller, String act, UUID id, CutOffPolicyView before, CutOffPolicyView after) {
        return audit.record(tx, caller, "cutOffPolicy." + act, "CutOffPolicy", id, before, after, null);
    }
}
