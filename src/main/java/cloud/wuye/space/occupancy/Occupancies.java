package cloud.wuye.space.occupancy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** What is whose, for features below. A space is a resident's if they moved into it or into one above it. */
@ApplicationScoped
public class Occupancies {
    /**
     * A condition for any statement that names a space in a column: the space is this resident's at this moment. Takes
     * the resident's id and the moment.
     */
    public static final String OCCUPIED = " in (select occupied_space(?, ?))";

    /** For each subject the first of those that have not ended, by beginning. */
    private static final String NOT_ENDED = "SELECT o.* FROM unnest($1::uuid[]) of(id) CROSS JOIN LATERAL (SELECT "
            + OccupancyView.COLUMNS + " FROM occupancy o WHERE o.%s = of.id AND (o.until IS NULL OR o.until > $2)"
            + " ORDER BY o.since, o.id LIMIT $3) o";

    private static final String OF_RESIDENTS = NOT_ENDED.formatted("resident_id");
    private static final String IN_SPACES = NOT_ENDED.formatted("space_id");

    private static final String MINE =
            """
            SELECT s.id, s.name, s.kind, o.role, o.since,
                   ARRAY(SELECT a.name FROM unnest(s.path) WITH ORDINALITY step(id, n) JOIN space a ON a.id = step.id
                         ORDER BY step.n) AS way
              FROM occupancy o JOIN space s ON s.tenant_id = o.tenant_id AND s.id = o.space_id
             WHERE o.resident_id = $1 AND o.since <= $2 AND (o.until IS NULL OR o.until > $2)
             ORDER BY o.since, o.id""";

    /** The ids of all spaces that are the resident's at this moment, in no order. */
    public Uni<List<UUID>> spacesOf(SqlConnection tx, UUID residentId, Instant at) {
        return tx.preparedQuery("SELECT occupied_space($1, $2) AS id")
                .execute(Tuple.of(residentId, at.atOffset(ZoneOffset.UTC)))
                .map(rows -> list(rows, row -> row.getUUID("id")));
    }

    /** For each of these spaces the residents whose it is at this moment, in no order; empty ones are left out. */
    public Uni<Map<UUID, List<UUID>>> residentsOf(SqlConnection tx, Collection<UUID> spaceIds, Instant at) {
        return tx.preparedQuery("SELECT space_id, resident_id FROM space_occupant($1, $2)")
                .execute(Tuple.of(spaceIds.toArray(UUID[]::new), at.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    Map<UUID, List<UUID>> found = new HashMap<>();
                    rows.forEach(row -> found.computeIfAbsent(row.getUUID("space_id"), id -> new ArrayList<>())
                            .add(row.getUUID("resident_id")));
                    return found;
                });
    }

    /** For each resident where they are or will be, the first so many by beginning. */
    Uni<Map<UUID, List<OccupancyView>>> ofResidents(SqlConnection tx, List<UUID> ids, int first, Instant now) {
        return grouped(tx, OF_RESIDENTS, ids, first, now, OccupancyView::residentId);
    }

    /** For each space who is or will be in it, the first so many by beginning. */
    Uni<Map<UUID, List<OccupancyView>>> inSpaces(SqlConnection tx, List<UUID> ids, int first, Instant now) {
        return grouped(tx, IN_SPACES, ids, first, now, OccupancyView::spaceId);
    }

    /** The spaces that a resident moved into and is in now, as they see them. */
    Uni<List<MySpaceView>> mine(SqlConnection tx, UUID residentId, Instant now) {
        return tx.preparedQuery(MINE)
                .execute(Tuple.of(residentId, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> list(rows, MySpaceView::of));
    }

    private static Uni<Map<UUID, List<OccupancyView>>> grouped(
            SqlConnection tx, String sql, List<UUID> ids, int first, Instant now, Function<OccupancyView, UUID> by) {
        return tx.preparedQuery(sql)
                .execute(Tuple.of(ids.stream().distinct().toArray(UUID[]::new), now.atOffset(ZoneOffset.UTC), first))
                .map(rows -> {
                    Map<UUID, List<OccupancyView>> groups = new HashMap<>();
                    rows.forEach(row -> {
                        OccupancyView view = OccupancyView.of(row);
                        groups.computeIfAbsent(by.apply(view), id -> new ArrayList<>())
                                .add(view);
                    });
                    return groups;
                });
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> show) {
        List<T> list = new ArrayList<>();
        rows.forEach(row -> list.add(show.apply(row)));
        return list;
    }
}
