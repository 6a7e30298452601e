package cloud.wuye.identity.vouching;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The companies' keys, and all SQL about them. */
@ApplicationScoped
class VouchingKeys {
    private static final String SELECT =
            "SELECT tenant_id, kid, public_key, private_key, created_at FROM vouching_key ORDER BY created_at, kid";

    /** Those of the running unit's company, the oldest first. */
    Uni<List<VouchingKey>> all(SqlConnection connection) {
        return read(connection, SELECT);
    }

    /** The same, locked until the unit's end. */
    Uni<List<VouchingKey>> locked(SqlConnection tx) {
        return read(tx, SELECT + " FOR UPDATE");
    }

    /** Nobody else adds a key of the running unit's company until it ends. */
    Uni<Void> hold(SqlConnection tx) {
        return tx.query(
                        "SELECT pg_advisory_xact_lock(hashtext('vouching-key'), hashtext(current_setting('app.tenant')))")
                .execute()
                .replaceWithVoid();
    }

    Uni<Void> add(SqlConnection tx, VouchingKey key) {
        return tx.preparedQuery(
                        "INSERT INTO vouching_key (tenant_id, kid, public_key, private_key, created_at) VALUES ($1, $2, $3, $4, $5)")
                .execute(Tuple.of(
                        key.tenantId(),
                        key.kid(),
                        key.publicKey(),
                        key.privateKey(),
                        key.createdAt().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Keeps the secret half sealed anew. */
    Uni<Void> seal(SqlConnection tx, String kid, String privateKey) {
        return tx.preparedQuery("UPDATE vouching_key SET private_key = $2 WHERE kid = $1")
                .execute(Tuple.of(kid, privateKey))
                .replaceWithVoid();
    }

    Uni<Void> forget(SqlConnection tx, List<VouchingKey> keys) {
        return tx.preparedQuery("DELETE FROM vouching_key WHERE kid = ANY ($1)")
                .execute(Tuple.of(keys.stream().map(VouchingKey::kid).toArray(String[]::new)))
                .replaceWithVoid();
    }

    private static Uni<List<VouchingKey>> read(SqlConnection connection, String sql) {
        return connection.query(sql).execute().map(rows -> {
            List<VouchingKey> keys = new ArrayList<>();
            for (Row row : rows) {
                keys.add(VouchingKey.of(row));
            }
            return keys;
        });
    }
}
