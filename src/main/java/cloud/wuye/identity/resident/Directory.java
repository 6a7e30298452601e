package cloud.wuye.identity.resident;

import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The residents of the running unit's company, and all SQL about them. */
final class Directory {
    private static final String FROM = "SELECT " + Resident.COLUMNS + " FROM resident r";

    private final SqlConnection connection;

    Directory(SqlConnection connection) {
        this.connection = connection;
    }

    Uni<Page<Resident>> page(ResidentFilterInput filter, Keyset order, PageInput page) {
        Select select = Select.of(FROM)
                .contains("r.name", filter.name())
                .contains("r.phone", filter.phone())
                .eq("r.kind", filter.kind())
                .eq("r.state", filter.state());
        if (filter.groupId() != null) {
            select.where(
                    "r.id in (select m.resident_id from resident_group_member m where m.group_id = ?)",
                    filter.groupId());
        }
        return select.page(connection, order, page, Resident::of);
    }

    /** Those of these ids, by id; unknown ids are left out. */
    Uni<Map<UUID, Resident>> byIds(Collection<UUID> ids) {
        return connection
                .preparedQuery(FROM + " WHERE r.id = ANY ($1)")
                .execute(Tuple.of(ids.stream().distinct().toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Resident> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getUUID("id"), Resident.of(row)));
                    return found;
                });
    }

    /** This person, or null. */
    Uni<Resident> byId(UUID id) {
        return one("r.id = $1", id);
    }

    /** This person, locked until the unit's end; NOT_FOUND otherwise. */
    Uni<Resident> locked(UUID id, String field) {
        return one("r.id = $1 FOR NO KEY UPDATE", id)
                .onItem()
                .ifNull()
                .failWith(() -> new Problem(ProblemCode.NOT_FOUND, field, id));
    }

    /** Whom the account of this id belongs to, or null. */
    Uni<Resident> bySubject(String subject) {
        return one("r.subject = $1", subject);
    }

    /** The person of this log-in name, locked until the unit's end, or null. */
    Uni<Resident> lockedByUsername(String username) {
        return one("r.username = $1 FOR NO KEY UPDATE", username);
    }

    /** The person of this telephone number, or null. */
    Uni<Resident> byPhone(String phone) {
        return one("r.phone = $1", phone);
    }

    /** Adds a person unless their log-in name or number is taken. */
    Uni<Boolean> add(UUID tenantId, Resident resident) {
        return connection
                .preparedQuery(
                        "INSERT INTO resident (id, name, phone, email, kind, state, note, username, subject, version,"
                                + " created_at, tenant_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11)"
                                + " ON CONFLICT DO NOTHING")
                .execute(values(resident)
                        .addOffsetDateTime(resident.createdAt().atOffset(ZoneOffset.UTC))
                        .addUUID(tenantId))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Keeps a person as they are now, unless their log-in name or number is another's: ALREADY_EXISTS. */
    Uni<Resident> save(Resident resident) {
        return free("username", resident.username(), resident.id())
                .chain(() -> free("phone", resident.phone(), resident.id()))
                .chain(() -> connection
                        .preparedQuery("UPDATE resident r SET name = $2, phone = $3, email = $4, kind = $5, state = $6,"
                                + " note = $7, username = $8, subject = $9, version = version + 1 WHERE id = $1 RETURNING "
                                + Resident.COLUMNS)
                        .execute(values(resident)))
                .map(rows -> Resident.of(rows.iterator().next()));
    }

    private Uni<Void> free(String column, String value, UUID id) {
        return value == null
                ? Uni.createFrom().voidItem()
                : one("r." + column + " = $1", value)
                        .invoke(other -> {
                            if (other != null && !other.id().equals(id)) {
                                throw new Problem(ProblemCode.ALREADY_EXISTS, column, value);
                            }
                        })
                        .replaceWithVoid();
    }

    private Uni<Resident> one(String where, Object key) {
        return connection
                .preparedQuery(FROM + " WHERE " + where)
                .execute(Tuple.of(key))
                .map(rows -> {
                    RowIterator<Row> found = rows.iterator();
                    return found.hasNext() ? Resident.of(found.next()) : null;
                });
    }

    private static Tuple values(Resident resident) {
        return Tuple.tuple()
                .addUUID(resident.id())
                .addString(resident.name())
                .addString(resident.phone())
                .addString(resident.email())
                .addString(resident.kind().name())
                .addString(resident.state().name())
                .addString(resident.note())
                .addString(resident.username())
                .addString(resident.subject());
    }
}
