package cloud.wuye.device.timetable;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.platform.json.Json;
import cloud.wuye.platform.observe.LogContext;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** The timetables and all SQL about them. */
@ApplicationScoped
class Timetables {
    private static final String SELECT = "SELECT " + TimetableRow.COLUMNS + " FROM " + TimetableRow.FROM + " WHERE ";
    private static final String DUE = SELECT
            + "t.purpose = $1 AND t.next_due_at <= $2 ORDER BY t.next_due_at, t.id LIMIT $3 FOR UPDATE OF t SKIP LOCKED";
    private static final String ONE = SELECT + "t.id = $1 AND t.purpose = $2 AND t.status <> 'DELETED'";
    private static final String INSERT =
            """
            INSERT INTO timetable (id, tenant_id, purpose, name, zone, times, calendar_id, misfire, status, next_due_at, created_at)
            VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8, $9, $10, $11)""";
    private static final String UPDATE =
            """
            UPDATE timetable SET name = $2, zone = $3, times = $4::text::jsonb, calendar_id = $5, misfire = $6, status = $7,
              next_due_at = $8, progress = NULL, version = version + 1 WHERE id = $1""";
    private static final String DONE =
            """
            UPDATE timetable t SET next_due_at = r.due, last_run_at = $1, last_action = coalesce(r.action, t.last_action),
              progress = NULL
            FROM unnest($2::uuid[], $3::timestamptz[], $4::text[]) AS r (id, due, action) WHERE t.id = r.id""";
    private static final String AIM =
            """
            INSERT INTO timetable_target (tenant_id, timetable_id, device_id, space_id)
            SELECT $1, $2, x.device_id, x.space_id FROM (
              SELECT u AS device_id, NULL::uuid AS space_id FROM unnest($3::uuid[]) u
              UNION SELECT NULL, u FROM unnest($4::uuid[]) u) x""";

    private static final Logger LOG = Logger.getLogger(Timetables.class);
    private static final Duration UNREADABLE_FOR = Duration.ofHours(1);

    private final Json json;

    Timetables(Json json) {
        this.json = json;
    }

    /** One that is due, and whose. */
    record Due(UUID id, UUID tenantId) {}

    /** What a timetable aims at. */
    record Target(UUID timetableId, UUID deviceId, UUID spaceId) {}

    /**
     * Timetables that are due, locked. One that cannot be read (a zone that is no more, a cron line that a newer library
     * refuses) is looked at again in an hour and keeps no other back.
     */
    Uni<List<TimetableRow>> due(SqlConnection tx, String purpose, Instant now, int atMost) {
        return tx.preparedQuery(DUE)
                .execute(Tuple.of(purpose, now.atOffset(ZoneOffset.UTC), atMost))
                .flatMap(rows -> {
                    List<TimetableRow> readable = new ArrayList<>();
                    List<UUID> unreadable = new ArrayList<>();
                    for (Row row : rows) {
                        try {
                            readable.add(read(row).withReadableTimes());
                        } catch (RuntimeException e) {
                            LogContext.during(
                                    row.getUUID("tenant_id"),
                                    null,
                                    () -> LOG.errorf(e, "timetable %s cannot be read", row.getUUID("id")));
                            unreadable.add(row.getUUID("id"));
                        }
                    }
                    return putOff(tx, unreadable, now).replaceWith(readable);
                });
    }

    /** Which are due, neither locked nor read. */
    Uni<List<Due>> dueIds(SqlConnection tx, String purpose, Instant now, int atMost) {
        return tx.preparedQuery("SELECT id, tenant_id FROM timetable WHERE purpose = $1 AND next_due_at <= $2"
                        + " ORDER BY next_due_at, id LIMIT $3")
                .execute(Tuple.of(purpose, utc(now), atMost))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Due(row.getUUID(0), row.getUUID(1)))
                        .toList());
    }

    /** When the next one is due after the one instant and by the other, or null when none is. */
    Uni<Instant> nextDue(SqlConnection tx, String purpose, Instant after, Instant by) {
        return tx.preparedQuery("SELECT min(next_due_at) FROM timetable WHERE purpose = $1"
                        + " AND next_due_at > $2 AND next_due_at <= $3")
                .execute(Tuple.of(purpose, utc(after), utc(by)))
                .map(rows -> rows.iterator().next().getOffsetDateTime(0))
                .map(due -> due == null ? null : due.toInstant());
    }

    /** This one, locked, if it is due and nobody else has it in hand; as a list of one or none. */
    Uni<List<TimetableRow>> due(SqlConnection tx, UUID id, Instant now) {
        return list(
                tx, SELECT + "t.id = $1 AND t.next_due_at <= $2 FOR UPDATE OF t SKIP LOCKED", Tuple.of(id, utc(now)));
    }

    /** These cannot be run now; they are looked at again in an hour. */
    Uni<Void> putOff(SqlConnection tx, List<UUID> ids, Instant now) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery("UPDATE timetable SET next_due_at = $2 WHERE id = ANY($1)")
                        .execute(Tuple.of(ids.toArray(UUID[]::new), utc(now.plus(UNREADABLE_FOR))))
                        .replaceWithVoid();
    }

    /** One of the tenant's; NOT_FOUND when there is none. */
    Uni<TimetableRow> one(SqlConnection tx, UUID id, String purpose, boolean locked) {
        return list(tx, locked ? ONE + " FOR UPDATE OF t" : ONE, Tuple.of(id, purpose))
                .map(found -> {
                    if (found.isEmpty()) {
                        throw new Problem(ProblemCode.NOT_FOUND, "id", id);
                    }
                    return found.get(0);
                });
    }

    /** One by its id, whatever its status. */
    Uni<TimetableRow> byId(SqlConnection tx, UUID id) {
        return list(tx, SELECT + "t.id = $1", Tuple.of(id)).map(found -> found.get(0));
    }

    /** Those that run by this calendar. */
    Uni<List<TimetableRow>> ofCalendar(SqlConnection tx, UUID calendar) {
        return list(tx, SELECT + "t.calendar_id = $1 AND t.status = 'ACTIVE'", Tuple.of(calendar));
    }

    Uni<Void> setDue(SqlConnection tx, UUID id, Instant due) {
        return tx.preparedQuery("UPDATE timetable SET next_due_at = $2 WHERE id = $1")
                .execute(Tuple.of(id, utc(due)))
                .replaceWithVoid();
    }

    Uni<Void> add(SqlConnection tx, TimetableRow row) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    row.id(),
                    row.tenantId(),
                    row.purpose(),
                    row.name(),
                    row.zone().getId(),
                    json.write(row.times()),
                    row.calendarId(),
                    row.misfire().name(),
                    row.status().name(),
                    utc(row.nextDueAt()),
                    utc(row.createdAt())
                }))
                .replaceWithVoid();
    }

    Uni<Void> save(SqlConnection tx, TimetableRow row) {
        return tx.preparedQuery(UPDATE)
                .execute(Tuple.from(new Object[] {
                    row.id(),
                    row.name(),
                    row.zone().getId(),
                    json.write(row.times()),
                    row.calendarId(),
                    row.misfire().name(),
                    row.status().name(),
                    utc(row.nextDueAt())
                }))
                .replaceWithVoid();
    }

    /** Replaces what a timetable aims at; a device or space that is not the tenant's is refused by its foreign key. */
    Uni<Void> aim(SqlConnection tx, UUID tenantId, UUID id, Collection<UUID> devices, Collection<UUID> spaces) {
        return tx.preparedQuery("DELETE FROM timetable_target WHERE timetable_id = $1")
                .execute(Tuple.of(id))
                .chain(() -> tx.preparedQuery(AIM)
                        .execute(Tuple.of(tenantId, id, devices.toArray(UUID[]::new), spaces.toArray(UUID[]::new))))
                .replaceWithVoid();
    }

    /** What these timetables aim at. */
    Uni<List<Target>> targets(SqlConnection tx, Collection<UUID> ids) {
        return tx.preparedQuery(
                        "SELECT timetable_id, device_id, space_id FROM timetable_target WHERE timetable_id = ANY($1)")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Target(row.getUUID(0), row.getUUID(1), row.getUUID(2)))
                        .toList());
    }

    /** Notes that these have run; each with what it did, or null, and when it is due next. */
    Uni<Void> done(SqlConnection tx, Instant now, List<TimetableRow> rows, List<String> actions) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(DONE)
                        .execute(Tuple.of(
                                utc(now),
                                rows.stream().map(TimetableRow::id).toArray(UUID[]::new),
                                rows.stream()
                                        .map(row -> utc(row.nextAfter(now)))
                                        .toArray(OffsetDateTime[]::new),
                                actions.toArray(String[]::new)))
                        .replaceWithVoid();
    }

    /** Notes how far a round has come that goes on in the next transaction. */
    Uni<Void> progress(SqlConnection tx, UUID id, UUID last) {
        return tx.preparedQuery("UPDATE timetable SET progress = $2 WHERE id = $1")
                .execute(Tuple.of(id, last))
                .replaceWithVoid();
    }

    TimetableRow read(Row row) {
        return TimetableRow.of(row, json);
    }

    private Uni<List<TimetableRow>> list(SqlConnection tx, String sql, Tuple parameters) {
        return tx.preparedQuery(sql).execute(parameters).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(this::read)
                .toList());
    }
}
