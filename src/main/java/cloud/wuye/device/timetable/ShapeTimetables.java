package cloud.wuye.device.timetable;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/** Use cases: a person writes, changes, pauses, resumes or deletes a timetable. The ticker does what follows from it. */
@ApplicationScoped
class ShapeTimetables {
    private static final String SUBJECT = "Timetable";

    /** What must belong to the tenant; the count tells whether all does. */
    private static final String COUNT =
            """
            SELECT (SELECT count(*) FROM device WHERE id = ANY($1) AND lifecycle <> 'RETIRED') AS devices,
                   (SELECT count(*) FROM space WHERE id = ANY($2) AND archived_at IS NULL) AS spaces,
                   (SELECT count(*) FROM holiday_calendar WHERE id = $3) AS calendars""";

    private final Db db;
    private final Timetables timetables;
    private final TenantRegistry tenants;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    ShapeTimetables(
            Db db,
            Timetables timetables,
            TenantRegistry tenants,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.timetables = timetables;
        this.tenants = tenants;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    Uni<TimetableRow> create(TimetableForm form) {
        Caller caller = currentCaller.get();
        UUID tenant = caller.requireTenant();
        Instant now = clock.now();
        return zone(form, tenant)
                .flatMap(zone -> db.writeSql(tx -> {
                    TimetableRow empty = new TimetableRow(
                            Ids.next(),
                            tenant,
                            form.purpose(),
                            form.name(),
                            zone,
                            form.times(),
                            form.calendarId(),
                            Holidays.NONE,
                            form.misfire(),
                            TimetableStatus.ACTIVE,
                            null,
                            null,
                            null,
                            null,
                            0,
                            now);
                    return check(tx, form)
                            .chain(() -> timetables.add(tx, empty))
                            .chain(() -> timetables.aim(tx, tenant, empty.id(), form.devices(), form.spaces()))
                            .chain(() -> due(tx, empty, now))
                            .call(row -> record(tx, caller, "create", null, row));
                }));
    }

    Uni<TimetableRow> change(UUID id, int version, TimetableForm form) {
        Caller caller = currentCaller.get();
        UUID tenant = caller.requireTenant();
        Instant now = clock.now();
        return zone(form, tenant)
                .flatMap(zone -> changing(id, form.purpose(), "change", caller, (tx, before) -> {
                    if (before.version() != version) {
                        throw new Problem(ProblemCode.STALE, "version");
                    }
                    TimetableRow after = new TimetableRow(
                            id,
                            tenant,
                            before.purpose(),
                            form.name(),
                            zone,
                            form.times(),
                            form.calendarId(),
                            before.holidays(),
                            form.misfire(),
                            before.status(),
                            before.nextDueAt(),
                            null,
                            before.lastRunAt(),
                            before.lastAction(),
                            version,
                            before.createdAt());
                    return check(tx, form)
                            .chain(() -> timetables.aim(tx, tenant, id, form.devices(), form.spaces()))
                            .chain(() -> due(tx, after, now));
                }));
    }

    /** Pauses, resumes or deletes; repeating it changes nothing. What it held is let go by the ticker. */
    Uni<TimetableRow> put(UUID id, String purpose, TimetableStatus status, String act) {
        Caller caller = currentCaller.get();
        Instant now = clock.now();
        return changing(id, purpose, act, caller, (tx, before) -> {
            TimetableStatus next = before.status().to(status);
            return before.status() == next ? Uni.createFrom().item(before) : due(tx, before.in(next), now);
        });
    }

    private Uni<TimetableRow> changing(
            UUID id,
            String purpose,
            String act,
            Caller caller,
            BiFunction<SqlConnection, TimetableRow, Uni<TimetableRow>> change) {
        return db.writeSql(tx -> timetables.one(tx, id, purpose, true).flatMap(before -> change.apply(tx, before)
                .call(after -> record(tx, caller, act, before, after))));
    }

    /** Keeps the row with the calendar's days in mind and the instant at which the ticker shall look at it first. */
    private Uni<TimetableRow> due(SqlConnection tx, TimetableRow row, Instant now) {
        return timetables
                .save(tx, row)
                .chain(() -> timetables.byId(tx, row.id()))
                .map(stored -> stored.dueAt(
                        stored.status() == TimetableStatus.ACTIVE ? TimetableRow.firstDue(stored, now) : now))
                .call(stored -> timetables.setDue(tx, stored.id(), stored.nextDueAt()));
    }

    private Uni<Void> check(SqlConnection tx, TimetableForm form) {
        return tx.preparedQuery(COUNT)
                .execute(Tuple.of(
                        form.devices().toArray(UUID[]::new), form.spaces().toArray(UUID[]::new), form.calendarId()))
                .invoke(rows -> {
                    var counts = rows.iterator().next();
                    require(counts.getLong("devices") == form.devices().size(), "deviceIds");
                    require(counts.getLong("spaces") == form.spaces().size(), "spaceIds");
                    require(form.calendarId() == null || counts.getLong("calendars") == 1, "calendarId");
                })
                .replaceWithVoid();
    }

    private static void require(boolean found, String field) {
        if (!found) {
            throw new Problem(ProblemCode.NOT_FOUND, field, field);
        }
    }

    private Uni<ZoneId> zone(TimetableForm form, UUID tenant) {
        return tenants.findById(tenant)
                .map(found -> form.zoneOr(found.map(Tenant::zone).orElse(ZoneId.of("UTC"))));
    }

    private Uni<Void> record(SqlConnection tx, Caller caller, String act, TimetableRow before, TimetableRow after) {
        return audit.record(
                tx,
                caller,
                "timetable." + act,
                SUBJECT,
                after.id(),
                before == null ? null : before.forAudit(),
                after.forAudit(),
                null);
    }

    /** The timetables of one purpose, for the doors. */
    Uni<List<Timetables.Target>> targets(List<UUID> ids) {
        return db.readSql(connection -> timetables.targets(connection, ids));
    }
}
