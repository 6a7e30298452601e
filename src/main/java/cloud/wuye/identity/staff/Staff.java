package cloud.wuye.identity.staff;

import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The staff of the running unit's company, and all SQL about them. */
final class Staff {
    private static final String COLUMNS = "id, username, name, email, phone, roles, subject, status, created_at";

    private static final String STEP_DOWN =
            """
            UPDATE staff SET stepping_down = true WHERE id = $1 AND EXISTS (
              SELECT FROM staff o WHERE o.id <> $1 AND o.status = 'ACTIVE' AND 'manager' = any(o.roles) AND NOT o.stepping_down)""";

    private final SqlConnection connection;

    Staff(SqlConnection connection) {
        this.connection = connection;
    }

    Uni<Page<StaffMember>> page(StaffFilterInput filter, Keyset order, PageInput page) {
        Select select = Select.of("SELECT " + COLUMNS + " FROM staff")
                .eq("status", filter.status())
                .contains("username || ' ' || name", filter.search())
                .between("created_at", filter.createdAt());
        if (filter.role() != null) {
            select.where("? = any(roles)", realmRole(filter.role()));
        }
        return select.page(connection, order, page, Staff::of);
    }

    /** This person, locked until the unit's end, or null. */
    Uni<StaffMember> locked(UUID id) {
        return one("id = $1 FOR UPDATE", id);
    }

    /** This person, or null. */
    Uni<StaffMember> byId(UUID id) {
        return one("id = $1", id);
    }

    /** The person of this log-in name, locked until the unit's end, or null. */
    Uni<StaffMember> lockedByUsername(String username) {
        return one("username = $1 FOR UPDATE", username);
    }

    /** Whether a manager on board has this log-in name. */
    Uni<Boolean> hasManager(String username) {
        return one("username = $1 AND status = 'ACTIVE' AND 'manager' = any(roles)", username)
                .map(found -> found != null);
    }

    /**
     * Marks a manager who is to stop being one, unless nobody else would be left; tells whether it did. The company's managers
     * step down one after the other, so that two cannot each count on the other.
     */
    Uni<Boolean> stepDown(UUID tenantId, UUID id) {
        return connection
                .preparedQuery("SELECT pg_advisory_xact_lock(hashtextextended('managers of ' || $1::text, 0))")
                .execute(Tuple.of(tenantId.toString()))
                .chain(() -> connection.preparedQuery(STEP_DOWN).execute(Tuple.of(id)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** The person stays what they are after all. */
    Uni<Void> stay(UUID id) {
        return connection
                .preparedQuery("UPDATE staff SET stepping_down = false WHERE id = $1")
                .execute(Tuple.of(id))
                .replaceWithVoid();
    }

    /** Adds a person unless the log-in name is taken. */
    Uni<Boolean> add(UUID tenantId, StaffMember member) {
        return connection
                .preparedQuery(
                        "INSERT INTO staff (" + COLUMNS + ", tenant_id)"
                                + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (tenant_id, username) DO NOTHING")
                .execute(values(member).addUUID(tenantId))
                .map(rows -> rows.rowCount() == 1);
    }

    /**
     * Keeps a person as they are now. Who was to stop being a manager goes on stepping down until a change makes or unmakes
     * them one: another change on the way between Keycloak and here must not let them count as staying.
     */
    Uni<Void> save(StaffMember before, StaffMember member) {
        return connection
                .preparedQuery(
                        "UPDATE staff SET username = $2, name = $3, email = $4, phone = $5, roles = $6,"
                                + " subject = $7, status = $8, created_at = $9, stepping_down = stepping_down AND NOT $10 WHERE id = $1")
                .execute(values(member).addBoolean(before.managing() != member.managing()))
                .replaceWithVoid();
    }

    private Uni<StaffMember> one(String where, Object key) {
        return connection
                .preparedQuery("SELECT " + COLUMNS + " FROM staff WHERE " + where)
                .execute(Tuple.of(key))
                .map(rows -> {
                    RowIterator<Row> found = rows.iterator();
                    return found.hasNext() ? of(found.next()) : null;
                });
    }

    private static Tuple values(StaffMember member) {
        return Tuple.tuple()
                .addUUID(member.id())
                .addString(member.username())
                .addString(member.name())
                .addString(member.email())
                .addString(member.phone())
                .addArrayOfString(StaffRole.inRealm(member.roles()).toArray(String[]::new))
                .addString(member.subject())
                .addString(member.status().name())
                .addOffsetDateTime(member.createdAt().atOffset(ZoneOffset.UTC));
    }

    private static StaffMember of(Row row) {
        return new StaffMember(
                row.getUUID("id"),
                row.getString("username"),
                row.getString("name"),
                row.getString("email"),
                row.getString("phone"),
                StaffRole.of(List.of(row.getArrayOfStrings("roles"))),
                row.getString("subject"),
                StaffStatus.valueOf(row.getString("status")),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static String realmRole(StaffRole role) {
        return StaffRole.inRealm(Set.of(role)).iterator().next();
    }
}
