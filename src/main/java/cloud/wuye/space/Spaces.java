package cloud.wuye.space;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Questions about places. Each is one statement, whatever the size or depth of the tree. */
@ApplicationScoped
public class Spaces {
    /** The most direct children that one field shows; more are paged with {@code spaces(filter: {parentId})}. */
    static final int CHILDREN = 500;

    /** The most rows of an unpaged subtree. */
    static final int SUBTREE = 5_000;

    /**
     * A condition for any statement that names a space in a column: the space is {@code ?} or stands below it. The
     * upper end is the path with the greatest of all UUIDs behind it, so that one index range answers.
     */
    public static final String WITHIN = " in (select below.id from space above join space below"
            + " on below.tenant_id = above.tenant_id and below.path >= above.path"
            + " and below.path < above.path || 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid where above.id = ?)";

    private static final String CHILDREN_OF = "select " + SpaceView.COLUMNS + " from unnest($1::uuid[]) p(id)"
            + " cross join lateral (select * from space c where c.parent_id = p.id and c.archived_at is null"
            + " order by c.position, c.name, c.id limit " + CHILDREN + ") s";

    private static final String PATHS = "select leaf.id as leaf, " + SpaceView.COLUMNS + " from space leaf"
            + " cross join lateral unnest(leaf.path) with ordinality step(id, n)"
            + " join space s on s.id = step.id where leaf.id = any($1) order by leaf.id, step.n";

    private static final String PLACE = "select string_agg(s.name, ' ' order by step.n) as place from space leaf"
            + " cross join lateral unnest(leaf.path) with ordinality step(id, n)"
            + " join space s on s.id = step.id where leaf.id = $1";

    private final Db db;

    Spaces(Db db) {
        this.db = db;
    }

    /** One page of the spaces that pass the filter. */
    Uni<Page<SpaceView>> page(SpaceFilterInput filter, SpaceSort sort, SortDirection direction, PageInput page) {
        Select select = Select.of("select " + SpaceView.COLUMNS + " from space s")
                .eq("s.kind", filter.kind())
                .eq("s.parent_id", filter.parentId())
                .contains("s.name", filter.text());
        if (Boolean.TRUE.equals(filter.roots())) {
            select.where("s.parent_id is null");
        }
        if (!Boolean.TRUE.equals(filter.includeArchived())) {
            select.where("s.archived_at is null");
        }
        if (filter.within() != null) {
            select.where("s.id" + WITHIN, filter.within());
        }
        return db.readSql(connection -> select.page(connection, sort.keyset().towards(direction), page, SpaceView::of));
    }

    /** A space, or null. */
    Uni<SpaceView> one(UUID id) {
        return byIds(List.of(id)).map(found -> found.get(id));
    }

    /** The spaces with these ids, for batched fields of other features; unknown ids are left out. */
    public Uni<Map<UUID, SpaceView>> byIds(List<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return rows("select " + SpaceView.COLUMNS + " from space s where s.id = any($1)", ids, rows -> {
            Map<UUID, SpaceView> found = new HashMap<>();
            rows.forEach(row -> found.put(row.getUUID("id"), SpaceView.of(row)));
            return found;
        });
    }

    /** For each space those directly below it that are in use, in their order; at most {@link #CHILDREN} each. */
    Uni<Map<UUID, List<SpaceView>>> children(List<UUID> ids) {
        return rows(CHILDREN_OF, ids, rows -> grouped(rows, "parent_id"));
    }

    /** For each space the way to it from the root, itself last. */
    Uni<Map<UUID, List<SpaceView>>> paths(List<UUID> ids) {
        return rows(PATHS, ids, rows -> grouped(rows, "leaf"));
    }

    /**
     * A space and all in use below it, parents before children, down to a depth (1 = the children).
     * More than {@link #SUBTREE} rows are refused with SPACE_SUBTREE_TOO_LARGE.
     */
    Uni<List<SpaceView>> subtree(UUID root, int depth) {
        Select select = Select.of("select " + SpaceView.COLUMNS + " from space r join space s"
                        + " on s.tenant_id = r.tenant_id and s.path >= r.path"
                        + " and s.path < r.path || 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid")
                .eq("r.id", root)
                .where("cardinality(s.path) <= cardinality(r.path) + ?", depth)
                .where("(s.archived_at is null or s.id = r.id)");
        return db.readSql(connection -> select.list(
                        connection,
                        "order by cardinality(s.path), s.position, s.name, s.id limit " + (SUBTREE + 1),
                        SpaceView::of))
                .invoke(rows -> {
                    if (rows.size() > SUBTREE) {
                        throw new Problem(ProblemCode.SPACE_SUBTREE_TOO_LARGE, "depth", SUBTREE);
                    }
                });
    }

    /**
     * Makes sure, until the running unit of work ends, that a space is there and in use, for something that is about to
     * point to it. NOT_FOUND or SPACE_ARCHIVED otherwise.
     */
    public Uni<Void> hold(UUID id, String field) {
        return Space.<Space>findById(id, LockModeType.PESSIMISTIC_READ)
                .invoke(space -> found(space, id, field).requireActive(field))
                .replaceWithVoid();
    }

    /** The same in a unit of the plain client. */
    public Uni<Void> hold(SqlConnection tx, UUID id, String field) {
        return tx.preparedQuery("select name, archived_at from space where id = $1 for share")
                .execute(Tuple.of(id))
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw new Problem(ProblemCode.NOT_FOUND, field, id);
                    }
                    Row space = rows.iterator().next();
                    if (space.getOffsetDateTime("archived_at") != null) {
                        throw new Problem(ProblemCode.SPACE_ARCHIVED, field, space.getString("name"));
                    }
                })
                .replaceWithVoid();
    }

    /** The names from the top of the tree to a space, in one line for people to read; null when there is no such space. */
    public Uni<String> placeOf(SqlConnection tx, UUID id) {
        return tx.preparedQuery(PLACE)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getString("place"));
    }

    static Space found(Space space, UUID id, String field) {
        if (space == null) {
            throw new Problem(ProblemCode.NOT_FOUND, field, id);
        }
        return space;
    }

    private <T> Uni<T> rows(String sql, List<UUID> ids, Function<RowSet<Row>, T> show) {
        Tuple parameters = Tuple.of(ids.stream().distinct().toArray(UUID[]::new));
        return db.readSql(
                connection -> connection.preparedQuery(sql).execute(parameters).map(show));
    }

    private static Map<UUID, List<SpaceView>> grouped(RowSet<Row> rows, String by) {
        Map<UUID, List<SpaceView>> groups = new HashMap<>();
        rows.forEach(row ->
                groups.computeIfAbsent(row.getUUID(by), id -> new ArrayList<>()).add(SpaceView.of(row)));
        return groups;
    }
}
