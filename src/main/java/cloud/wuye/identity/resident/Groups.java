package cloud.wuye.identity.resident;

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
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Groups of residents: made, renamed, filled and taken away. */
@ApplicationScoped
class Groups {
    private static final String SUBJECT = "ResidentGroup";
    private static final String FROM = "SELECT " + ResidentGroupView.COLUMNS + " FROM resident_group g";

    private static final String OF_RESIDENTS = "SELECT m.resident_id, " + ResidentGroupView.COLUMNS
            + " FROM resident_group_member m JOIN resident_group g ON g.tenant_id = m.tenant_id AND g.id = m.group_id"
            + " WHERE m.resident_id = ANY ($1) ORDER BY g.name, g.id";

    private static final String JOIN =
            """
            INSERT INTO resident_group_member (tenant_id, group_id, resident_id) SELECT $1, $2, unnest($3::uuid[])
            ON CONFLICT DO NOTHING RETURNING resident_id""";
    private static final String LEAVE =
            "DELETE FROM resident_group_member WHERE group_id = $1 AND resident_id = ANY ($2) RETURNING resident_id";

    private final Db db;
    private final Audit audit;
    private final Clock clock;

    Groups(Db db, Audit audit, Clock clock) {
        this.db = db;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<Page<ResidentGroupView>> page(ResidentGroupFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(
                tx -> Select.of(FROM).contains("g.name", filter.name()).page(tx, order, page, ResidentGroupView::of));
    }

    /** For each resident their groups, by name. */
    Uni<Map<UUID, List<ResidentGroupView>>> of(List<UUID> residents) {
        return db.readSql(tx -> tx.preparedQuery(OF_RESIDENTS)
                .execute(Tuple.of(residents.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, List<ResidentGroupView>> groups = new HashMap<>();
                    rows.forEach(row -> groups.computeIfAbsent(row.getUUID("resident_id"), id -> new ArrayList<>())
                            .add(ResidentGroupView.of(row)));
                    return groups;
                }));
    }

    Uni<ResidentGroupView> create(Caller by, String name) {
        ResidentGroupView made = new ResidentGroupView(Ids.next(), name.strip(), clock.now());
        return db.writeSql(tx -> nameIsFree(tx, made.name(), made.id())
                .chain(() -> tx.preparedQuery(
                                "INSERT INTO resident_group (id, tenant_id, name, created_at) VALUES ($1, $2, $3, $4)")
                        .execute(Tuple.of(
                                made.id(),
                                by.requireTenant(),
                                made.name(),
                                made.createdAt().atOffset(ZoneOffset.UTC))))
                .chain(() -> audit.record(tx, by, "residentGroup.create", SUBJECT, made.id(), null, made, null))
                .replaceWith(made));
    }

    Uni<ResidentGroupView> rename(Caller by, UUID id, String name) {
        return db.writeSql(tx -> locked(tx, id).flatMap(before -> {
            ResidentGroupView after = new ResidentGroupView(id, name.strip(), before.createdAt());
            return nameIsFree(tx, after.name(), id)
                    .chain(() -> tx.preparedQuery("UPDATE resident_group SET name = $2 WHERE id = $1")
                            .execute(Tuple.of(id, after.name())))
                    .chain(() -> audit.record(tx, by, "residentGroup.rename", SUBJECT, id, before, after, null))
                    .replaceWith(after);
        }));
    }

    /** Takes the group away; its members stay residents. */
    Uni<ResidentGroupView> delete(Caller by, UUID id) {
        return db.writeSql(tx -> locked(tx, id)
                .call(() -> tx.preparedQuery("DELETE FROM resident_group_member WHERE group_id = $1")
                        .execute(Tuple.of(id)))
                .call(() -> tx.preparedQuery("DELETE FROM resident_group WHERE id = $1")
                        .execute(Tuple.of(id)))
                .call(before -> audit.record(tx, by, "residentGroup.delete", SUBJECT, id, before, null, null)));
    }

    /** Lets some in and others out; who is in both lists is out. Doing it twice does it once. */
    Uni<ResidentGroupView> changeMembers(Caller by, UUID id, Set<UUID> add, Set<UUID> remove) {
        Set<UUID> in = new HashSet<>(add);
        in.removeAll(remove);
        return db.writeSql(tx -> locked(tx, id).call(() -> known(tx, in)).call(group -> tx.preparedQuery(JOIN)
                .execute(Tuple.of(by.requireTenant(), id, in.toArray(UUID[]::new)))
                .flatMap(joined -> tx.preparedQuery(LEAVE)
                        .execute(Tuple.of(id, remove.toArray(UUID[]::new)))
                        .flatMap(left -> audit.record(
                                tx,
                                by,
                                "residentGroup.members",
                                SUBJECT,
                                id,
                                Map.of("left", ids(left)),
                                Map.of("joined", ids(joined)),
                                null)))));
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        List<UUID> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getUUID("resident_id")));
        return ids;
    }

    private static Uni<Void> known(SqlConnection tx, Collection<UUID> ids) {
        return new Directory(tx)
                .byIds(ids)
                .invoke(found -> ids.stream()
                        .filter(id -> !found.containsKey(id))
                        .findFirst()
                        .ifPresent(id -> {
                            throw new Problem(ProblemCode.NOT_FOUND, "add", id);
                        }))
                .replaceWithVoid();
    }

    private static Uni<ResidentGroupView> locked(SqlConnection tx, UUID id) {
        return one(tx, FROM + " WHERE g.id = $1 FOR UPDATE", id)
                .onItem()
                .ifNull()
                .failWith(() -> new Problem(ProblemCode.NOT_FOUND, "id", id));
    }

    private static Uni<Void> nameIsFree(SqlConnection tx, String name, UUID id) {
        return one(tx, FROM + " WHERE g.name = $1", name)
                .invoke(other -> {
                    if (other != null && !other.id().equals(id)) {
                        throw new Problem(ProblemCode.ALREADY_EXISTS, "name", name);
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<ResidentGroupView> one(SqlConnection tx, String sql, Object key) {
        return tx.preparedQuery(sql).execute(Tuple.of(key)).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? ResidentGroupView.of(found.next()) : null;
        });
    }
}
