package cloud.wuye.device.timetable;

import static cloud.wuye.platform.db.Columns.instant;

import cloud.wuye.platform.json.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A timetable as it stands in its row, with the days of its calendar. */
record TimetableRow(
        UUID id,
        UUID tenantId,
        String purpose,
        String name,
        ZoneId zone,
        List<ScheduledTime> times,
        UUID calendarId,
        Holidays holidays,
        Misfire misfire,
        TimetableStatus status,
        Instant nextDueAt,
        UUID progress,
        Instant lastRunAt,
        String lastAction,
        int version,
        Instant createdAt) {
    static final String COLUMNS =
            """
            t.id, t.tenant_id, t.purpose, t.name, t.zone, t.times::text AS times, t.calendar_id, t.misfire, t.status,
            t.next_due_at, t.progress, t.last_run_at, t.last_action, t.version, t.created_at, c.days_off, c.working_days""";
    static final String FROM =
            "timetable t LEFT JOIN holiday_calendar c ON c.tenant_id = t.tenant_id AND c.id = t.calendar_id";

    /** A time missed by more is missed. */
    private static final Duration TOO_LATE = Duration.ofMinutes(5);

    static TimetableRow of(Row row, Json json) {
        LocalDate[] off = row.getArrayOfLocalDates("days_off");
        LocalDate[] working = row.getArrayOfLocalDates("working_days");
        return new TimetableRow(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getString("purpose"),
                row.getString("name"),
                ZoneId.of(row.getString("zone")),
                Arrays.asList(json.read(row.getString("times"), ScheduledTime[].class)),
                row.getUUID("calendar_id"),
                off == null ? Holidays.NONE : new Holidays(Set.of(off), Set.of(working)),
                Misfire.valueOf(row.getString("misfire")),
                TimetableStatus.valueOf(row.getString("status")),
                instant(row, "next_due_at"),
                row.getUUID("progress"),
                instant(row, "last_run_at"),
                row.getString("last_action"),
                row.getInteger("version"),
                instant(row, "created_at"));
    }

    Timetable<String> timetable() {
        return new Timetable<>(
                zone, holidays, times.stream().map(ScheduledTime::entry).toList());
    }

    /** The same; fails here and now if its times are none. */
    TimetableRow withReadableTimes() {
        Timetable<String> unused = timetable();
        return this;
    }

    /** When it is due next after this instant, or null if it never is or does not run. */
    Instant nextAfter(Instant now) {
        return status != TimetableStatus.ACTIVE
                ? null
                : timetable().next(now).map(Timetable.Moment::at).orElse(null);
    }

    /** When it is first due after a change: at once if it says how things should stand now. */
    static Instant firstDue(TimetableRow row, Instant now) {
        return row.misfire == Misfire.RUN_LATEST && row.purpose.equals("POWER") ? now : row.nextAfter(now);
    }

    /** What is to happen now that it is due; empty when the time was missed by too much. Whatever does not run lets go. */
    Optional<String> actionAt(Instant now) {
        if (status != TimetableStatus.ACTIVE) {
            return Optional.of("ON");
        }
        return timetable()
                .last(now)
                .filter(moment -> misfire == Misfire.RUN_LATEST || !moment.at().isBefore(now.minus(TOO_LATE)))
                .map(Timetable.Moment::action);
    }

    /** The same in another status. */
    TimetableRow in(TimetableStatus next) {
        return new TimetableRow(
                id,
                tenantId,
                purpose,
                name,
                zone,
                times,
                calendarId,
                holidays,
                misfire,
                next,
                nextDueAt,
                null,
                lastRunAt,
                lastAction,
                version,
                createdAt);
    }

    /** The same, due then. */
    TimetableRow dueAt(Instant due) {
        return new TimetableRow(
                id,
                tenantId,
                purpose,
                name,
                zone,
                times,
                calendarId,
                holidays,
                misfire,
                status,
                due,
                progress,
                lastRunAt,
                lastAction,
                version,
                createdAt);
    }

    /** What the audit log keeps of it. */
    Map<String, Object> forAudit() {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("name", name);
        kept.put("zone", zone.getId());
        kept.put("times", times);
        kept.put("calendarId", calendarId);
        kept.put("misfire", misfire);
        kept.put("status", status);
        return kept;
    }
}
