package cloud.wuye.space.occupancy;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.identity.resident.Residents;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.news.News;
import cloud.wuye.platform.news.NewsCode;
import cloud.wuye.platform.news.PersonNews;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.space.Spaces;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Moves residents in and out. One resident is moved by one transaction at a time, under their row's lock, so that two
 * acts at once cannot make overlapping rows that neither sees. Doing the same twice does it once.
 */
@ApplicationScoped
class MoveResidents {
    private static final String SUBJECT = "Occupancy";
    private static final String FROM = "SELECT " + OccupancyView.COLUMNS + " FROM occupancy o WHERE ";

    private static final String OVERLAPPING = FROM
            + "o.space_id = $1 AND o.resident_id = $2 AND o.role = $3 AND o.since < coalesce($5, 'infinity'::timestamptz)"
            + " AND coalesce(o.until, 'infinity') > $4 ORDER BY o.since, o.id LIMIT 1";

    private final Db db;
    private final Residents residents;
    private final Spaces spaces;
    private final News news;
    private final Audit audit;
    private final Clock clock;

    MoveResidents(Db db, Residents residents, Spaces spaces, News news, Audit audit, Clock clock) {
        this.db = db;
        this.residents = residents;
        this.spaces = spaces;
        this.news = news;
        this.audit = audit;
        this.clock = clock;
    }

    /** Moves somebody in, or finds that they are in already; another time in the same role that overlaps is refused. */
    Uni<OccupancyView> in(Caller by, OccupancyInput input) {
        return db.writeSql(tx -> residents
                        .lock(tx, input.residentId(), "input.residentId")
                        .invoke(resident -> {
                            if (!resident.isActive()) {
                                throw new Problem(ProblemCode.ILLEGAL_STATE, "input.residentId", resident.state());
                            }
                        })
                        .chain(() -> spaces.hold(tx, input.spaceId(), "input.spaceId"))
                        .chain(() -> in(tx, by, wanted(input), input.since() == null)))
                .invoke(news::nudge);
    }

    private Uni<OccupancyView> in(SqlConnection tx, Caller by, OccupancyView wanted, boolean anySince) {
        return overlapping(tx, wanted)
                .flatMap(there ->
                        there == null ? begin(tx, by, wanted) : Uni.createFrom().item(same(there, wanted, anySince)));
    }

    /** Asked for the time under the lock: whoever comes second comes later. */
    private OccupancyView wanted(OccupancyInput input) {
        Instant since = micros(input.since() == null ? clock.now() : input.since());
        Instant until = micros(input.until());
        if (until != null && !until.isAfter(since)) {
            throw new Problem(
                    ProblemCode.VALIDATION, "input.until", Detail.of("须晚于 {0}", "must be after {0}", "since"));
        }
        return new OccupancyView(Ids.next(), input.spaceId(), input.residentId(), input.role(), since, until);
    }

    /** Ends an occupancy, now or at another moment; one that has ended stays ended. */
    Uni<OccupancyView> out(Caller by, UUID id, Instant at, String reason) {
        Instant now = micros(clock.now());
        return db.writeSql(tx -> locked(tx, id).flatMap(before -> {
                    Instant end = at == null ? latest(now, before.since()) : micros(at);
                    if (end.isBefore(before.since())) {
                        throw new Problem(ProblemCode.VALIDATION, "at", Detail.of("早于 {0}", "before {0}", "since"));
                    }
                    if (before.until() != null) {
                        boolean over = !before.until().isAfter(now);
                        if (end.equals(before.until()) || at == null && over) {
                            return Uni.createFrom().item(before);
                        }
                        if (over || end.isAfter(before.until())) {
                            throw new Problem(ProblemCode.ILLEGAL_STATE, "at", before.until());
                        }
                    }
                    OccupancyView after = before.endingAt(end);
                    return tx.preparedQuery("UPDATE occupancy SET until = $2 WHERE id = $1")
                            .execute(Tuple.of(id, end.atOffset(ZoneOffset.UTC)))
                            .chain(() -> audit.record(tx, by, "occupancy.moveOut", SUBJECT, id, before, after, reason))
                            .chain(() -> tell(tx, by, NewsCode.MOVED_OUT, after))
                            .replaceWith(after);
                }))
                .invoke(news::nudge);
    }

    /** Once for the beginning and once for the end of a stay, however often the end is changed. */
    private Uni<Void> tell(SqlConnection tx, Caller by, NewsCode what, OccupancyView stay) {
        return spaces.placeOf(tx, stay.spaceId())
                .flatMap(place -> news.tell(
                        tx,
                        by.requireTenant(),
                        PersonNews.toResidents(
                                "occupancy/" + stay.id() + "/" + what, what, List.of(stay.residentId()), place)));
    }

    private Uni<OccupancyView> begin(SqlConnection tx, Caller by, OccupancyView fresh) {
        return tx.preparedQuery(
                        "INSERT INTO occupancy (id, tenant_id, space_id, resident_id, role, since, until, created_at)"
                                + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
                .execute(Tuple.tuple()
                        .addUUID(fresh.id())
                        .addUUID(by.requireTenant())
                        .addUUID(fresh.spaceId())
                        .addUUID(fresh.residentId())
                        .addString(fresh.role().name())
                        .addOffsetDateTime(utc(fresh.since()))
                        .addOffsetDateTime(utc(fresh.until()))
                        .addOffsetDateTime(utc(clock.now())))
                .chain(() -> audit.record(tx, by, "occupancy.moveIn", SUBJECT, fresh.id(), null, fresh, null))
                .chain(() -> tell(tx, by, NewsCode.MOVED_IN, fresh))
                .replaceWith(fresh);
    }

    /** What is there, if it is what was wanted: from the same moment, or without one, if it counts now. */
    private static OccupancyView same(OccupancyView there, OccupancyView wanted, boolean anySince) {
        boolean begins = anySince
                ? !there.since().isAfter(wanted.since())
                : there.since().equals(wanted.since());
        if (!begins || !Objects.equals(there.until(), wanted.until())) {
            throw new Problem(ProblemCode.OCCUPANCY_OVERLAPS, "input.since", there.since());
        }
        return there;
    }

    private static Uni<OccupancyView> overlapping(SqlConnection tx, OccupancyView wanted) {
        return one(
                tx,
                OVERLAPPING,
                Tuple.tuple()
                        .addUUID(wanted.spaceId())
                        .addUUID(wanted.residentId())
                        .addString(wanted.role().name())
                        .addOffsetDateTime(utc(wanted.since()))
                        .addOffsetDateTime(utc(wanted.until())));
    }

    private static Uni<OccupancyView> locked(SqlConnection tx, UUID id) {
        return one(tx, FROM + "o.id = $1 FOR NO KEY UPDATE", Tuple.of(id))
                .onItem()
                .ifNull()
                .failWith(() -> new Problem(ProblemCode.NOT_FOUND, "id", id));
    }

    private static Uni<OccupancyView> one(SqlConnection tx, String sql, Tuple values) {
        return tx.preparedQuery(sql).execute(values).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? OccupancyView.of(found.next()) : null;
        });
    }

    /** As the database keeps it, so that what comes back can be compared. */
    private static Instant micros(Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
