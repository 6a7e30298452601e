package cloud.wuye.device.timetable;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** A company's holiday calendars: a handful. Changing one lets the ticker look anew at the timetables that mean it. */
@ApplicationScoped
class HolidayCalendars {
    private static final String COLUMNS = "id, name, days_off, working_days, version";

    /** Whatever ran by the old days is due now: it looks what should hold, and when it is due next. */
    private static final String LOOK_ANEW =
            """
            UPDATE timetable SET next_due_at = $2 WHERE calendar_id = $1 AND status = 'ACTIVE'
              AND purpose = 'POWER' AND misfire = 'RUN_LATEST'""";

    private static final String TAKEN = "SELECT 1 FROM holiday_calendar WHERE name = $1 AND id <> $2";

    private final Db db;
    private final Timetables timetables;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    HolidayCalendars(Db db, Timetables timetables, Audit audit, CurrentCaller currentCaller, Clock clock) {
        this.db = db;
        this.timetables = timetables;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    Uni<List<HolidayCalendarView>> all() {
        return db.readSql(connection -> connection
                .query("SELECT " + COLUMNS + " FROM holiday_calendar ORDER BY name")
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(HolidayCalendarView::of)
                        .toList()));
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
                    .call(() -> lookAnew(tx, id))
                    .call(after -> record(tx, caller, "change", id, before, after));
        }));
    }

    Uni<HolidayCalendarView> delete(UUID id) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> locked(tx, id).flatMap(before -> tx.preparedQuery(
                        "SELECT name FROM timetable WHERE calendar_id = $1 AND status <> 'DELETED' LIMIT 1")
                .execute(Tuple.of(id))
                .invoke(rows -> {
                    if (rows.size() > 0) {
                        throw new Problem(
                                ProblemCode.ILLEGAL_STATE,
                                "id",
                                rows.iterator().next().getString(0));
                    }
                })
                .chain(() -> tx.preparedQuery("UPDATE timetable SET calendar_id = NULL WHERE calendar_id = $1")
                        .execute(Tuple.of(id)))
                .chain(() -> tx.preparedQuery("DELETE FROM holiday_calendar WHERE id = $1")
                        .execute(Tuple.of(id)))
                .chain(() -> record(tx, caller, "delete", id, before, null))
                .replaceWith(before)));
    }

    private Uni<Void> lookAnew(SqlConnection tx, UUID id) {
        var now = clock.now();
        return tx.preparedQuery(LOOK_ANEW)
                .execute(Tuple.of(id, now.atOffset(ZoneOffset.UTC)))
                .chain(() -> timetables.ofCalendar(tx, id))
                .flatMap(rows -> {
                    Uni<Void> all = Uni.createFrom().voidItem();
                    for (TimetableRow row : rows) {
                        boolean atOnce =
                                row.nextDueAt() != null && row.nextDueAt().equals(now);
                        if (!atOnce) {
                            all = all.chain(() -> timetables.setDue(tx, row.id(), row.nextAfter(now)));
                        }
                    }
                    return all;
                });
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
                .map(rows -> {
                    RowIterator<Row> found = rows.iterator();
                    if (!found.hasNext()) {
                        throw new Problem(ProblemCode.NOT_FOUND, "id", id);
                    }
                    return HolidayCalendarView.of(found.next());
                });
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
