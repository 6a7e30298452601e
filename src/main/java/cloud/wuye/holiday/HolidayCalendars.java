package cloud.wuye.holiday;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A company's holiday calendars: a handful. Whoever means one hears of a change in the same transaction. */
@ApplicationScoped
public class HolidayCalendars {
    private static final String COLUMNS = "id, name, days_off, working_days, version";

    private static final String TAKEN = "SELECT 1 FROM holiday_calendar WHERE name = $1 AND id <> $2";

    private final Db db;
    private final Instance<CalendarUser> users;
    private final Audit audit;
    private final CurrentCaller currentCaller;

    HolidayCalendars(Db db, @Any Instance<CalendarUser> users, Audit audit, CurrentCaller currentCaller) {
        this.db = db;
        this.users = users;
        this.audit = audit;
        this.currentCaller = currentCaller;
    }

    Uni<Page<HolidayCalendarView>> page(HolidayCalendarFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> Select.of("select " + COLUMNS + " from holiday_calendar")
                .contains("name", filter.search())
                .page(connection, order, page, HolidayCalendarView::of));
    }

    Uni<HolidayCalendarView> create(HolidayCalendarInput input) {
        check(input);
        Caller caller = currentCaller.get();
        UUID id = Ids.next();
        return db.writeSql(tx -> nameIsFree(tx, id, input.name())
                .chain(() -> tx.preparedQuery(
                                "INSERT INTO holiday_calendar (id, tenant_id, name, days_off, working_days)"
                                        + " VALUES ($1, $2, $3, $4, $5) RETURNING " + COLUMNS)
                        .execute(Tuple.of(
                                id,
                                caller.requireTenant(),
                                input.name().trim(),
                                days(input.daysOff()),
                                days(input.workingDays()))))
                .map(HolidayCalendars::only)
                .call(after -> record(tx, caller, "create", id, null, after)));
    }

    Uni<HolidayCalendarView> change(UUID id, int version, HolidayCalendarInput input) {
        check(input);
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> locked(tx, id).flatMap(before -> {
            if (before.version() != version) {
                throw new Problem(ProblemCode.STALE, "version");
            }
            return nameIsFree(tx, id, input.name())
                    .chain(() -> tx.preparedQuery(
                                    "UPDATE holiday_calendar SET name = $2, days_off = $3, working_days = $4,"
                                            + " version = version + 1 WHERE id = $1 RETURNING " + COLUMNS)
                            .execute(Tuple.of(
                                    id, input.name().trim(), days(input.daysOff()), days(input.workingDays()))))
                    .map(HolidayCalendars::only)
                    .call(() -> eachUser(user -> user.changed(tx, id)))
                    .call(after -> record(tx, caller, "change", id, before, after));
        }));
    }

    Uni<HolidayCalendarView> delete(UUID id) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> locked(tx, id).flatMap(before -> eachUser(user -> user.inUse(tx, id)
                        .invoke(name -> name.ifPresent(HolidayCalendars::refuse))
                        .replaceWithVoid())
                .chain(() -> eachUser(user -> user.forget(tx, id)))
                .chain(() -> tx.preparedQuery("DELETE FROM holiday_calendar WHERE id = $1")
                        .execute(Tuple.of(id)))
                .chain(() -> record(tx, caller, "delete", id, before, null))
                .replaceWith(before)));
    }

    /** A calendar of the connection's tenant; NOT_FOUND when there is none. */
    public Uni<HolidayCalendarView> byId(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery("SELECT " + COLUMNS + " FROM holiday_calendar WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> found(rows, id));
    }

    /** All calendars of these companies, by company, for work across companies. */
    public Uni<Map<UUID, List<HolidayCalendarView>>> ofCompanies(SqlConnection connection, Collection<UUID> tenants) {
        return connection
                .preparedQuery("SELECT tenant_id, " + COLUMNS + " FROM holiday_calendar WHERE tenant_id = ANY($1)")
                .execute(Tuple.of(tenants.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("tenant_id"),
                                Collectors.mapping(HolidayCalendarView::of, Collectors.toList()))));
    }

    private Uni<Void> eachUser(Function<CalendarUser, Uni<Void>> act) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (CalendarUser user : users) {
            all = all.chain(() -> act.apply(user));
        }
        return all;
    }

    private static void refuse(String user) {
        throw new Problem(ProblemCode.ILLEGAL_STATE, "id", user);
    }

    private static Uni<Void> nameIsFree(SqlConnection tx, UUID id, String name) {
        return tx.preparedQuery(TAKEN)
                .execute(Tuple.of(name.trim(), id))
                .invoke(rows -> {
                    if (rows.size() > 0) {
                        throw new Problem(ProblemCode.ALREADY_EXISTS, "name", name);
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<HolidayCalendarView> locked(SqlConnection tx, UUID id) {
        return tx.preparedQuery("SELECT " + COLUMNS + " FROM holiday_calendar WHERE id = $1 FOR UPDATE")
                .execute(Tuple.of(id))
                .map(rows -> found(rows, id));
    }

    private static HolidayCalendarView found(RowSet<Row> rows, UUID id) {
        if (rows.size() == 0) {
            throw new Problem(ProblemCode.NOT_FOUND, "id", id);
        }
        return only(rows);
    }

    private Uni<Void> record(
            SqlConnection tx,
            Caller caller,
            String act,
            UUID id,
            HolidayCalendarView before,
            HolidayCalendarView after) {
        return audit.record(tx, caller, "holidayCalendar." + act, "HolidayCalendar", id, before, after, null);
    }

    private static HolidayCalendarView only(RowSet<Row> rows) {
        return HolidayCalendarView.of(rows.iterator().next());
    }

    private static LocalDate[] days(Collection<LocalDate> days) {
        return new TreeSet<>(days).toArray(LocalDate[]::new);
    }

    private static void check(HolidayCalendarInput input) {
        Set<LocalDate> both = new HashSet<>(input.daysOff());
        both.retainAll(input.workingDays());
        if (!both.isEmpty()) {
            throw new Problem(
                    ProblemCode.VALIDATION, "workingDays", both.iterator().next());
        }
    }
}
