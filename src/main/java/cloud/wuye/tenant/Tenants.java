package cloud.wuye.tenant;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The property companies and all SQL about them. */
@ApplicationScoped
class Tenants {
    private static final String COLUMNS =
            "id, code, name, issuer, base_url, status, status_reason, status_since, zone, created_at";
    private static final String INSERT = "INSERT INTO tenant (" + COLUMNS + ")"
            + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (code) DO NOTHING";

    private final Db db;

    Tenants(Db db) {
        this.db = db;
    }

    /** Every company; a few hundred at most, held by the registry. */
    Uni<List<Tenant>> all() {
        return db.acrossTenants("registry of issuers", connection -> connection
                .query("SELECT " + COLUMNS + " FROM tenant")
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Tenants::of)
                        .toList()));
    }

    /** The company of this code, or null. */
    Uni<Tenant> byCode(String code) {
        return db.acrossTenants("on-boarding by code", connection -> one(connection, "code = $1", code));
    }

    /** The company of this id, or null; for operators, who belong to none. */
    Uni<Tenant> byId(UUID id) {
        return db.acrossTenants("operator asks for a company", connection -> one(connection, "id = $1", id));
    }

    /** A page of companies; for operators, who belong to none. */
    Uni<Page<Tenant>> page(TenantFilterInput filter, Keyset order, PageInput page) {
        return db.acrossTenants(
                "operator lists companies", connection -> Select.of("SELECT " + COLUMNS + " FROM tenant")
                        .eq("status", filter.status())
                        .contains("code || ' ' || name", filter.search())
                        .between("created_at", filter.createdAt())
                        .page(connection, order, page, Tenants::of));
    }

    /** The company of the running unit, locked until its end, or null. */
    Uni<Tenant> locked(SqlConnection connection, UUID id) {
        return one(connection, "id = $1 FOR UPDATE", id);
    }

    /** Adds a company unless its code is taken. */
    Uni<Boolean> add(SqlClient connection, Tenant tenant) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    tenant.id(),
                    tenant.code(),
                    tenant.name(),
                    tenant.issuer(),
                    tenant.baseUrl().toString(),
                    tenant.status().name(),
                    tenant.statusReason(),
                    utc(tenant.statusSince()),
                    tenant.zone().getId(),
                    utc(tenant.createdAt())
                }))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Keeps the status of a company. */
    Uni<Void> save(SqlClient connection, Tenant tenant) {
        return connection
                .preparedQuery("UPDATE tenant SET status = $2, status_reason = $3, status_since = $4 WHERE id = $1")
                .execute(
                        Tuple.of(tenant.id(), tenant.status().name(), tenant.statusReason(), utc(tenant.statusSince())))
                .replaceWithVoid();
    }

    private static Uni<Tenant> one(SqlClient connection, String where, Object key) {
        return connection
                .preparedQuery("SELECT " + COLUMNS + " FROM tenant WHERE " + where)
                .execute(Tuple.of(key))
                .map(rows -> {
                    RowIterator<Row> found = rows.iterator();
                    return found.hasNext() ? of(found.next()) : null;
                });
    }

    private static Tenant of(Row row) {
        return new Tenant(
                row.getUUID("id"),
                row.getString("code"),
                row.getString("name"),
                row.getString("issuer"),
                URI.create(row.getString("base_url")),
                TenantStatus.valueOf(row.getString("status")),
                row.getString("status_reason"),
                row.getOffsetDateTime("status_since").toInstant(),
                ZoneId.of(row.getString("zone")),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
