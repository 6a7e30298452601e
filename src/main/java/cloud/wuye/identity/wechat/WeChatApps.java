package cloud.wuye.identity.wechat;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;

/** The companies' mini-programs, and all SQL about them. */
@ApplicationScoped
class WeChatApps {
    private static final String SELECT =
            "SELECT tenant_id, app_id, secret, secret_fingerprint, updated_at FROM wechat_app";
    private static final String PUT =
            """
            INSERT INTO wechat_app (tenant_id, app_id, secret, secret_fingerprint, updated_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant_id) DO UPDATE SET app_id = excluded.app_id, secret = excluded.secret,
              secret_fingerprint = excluded.secret_fingerprint, updated_at = excluded.updated_at""";

    /** The running unit's company's, or null. */
    Uni<WeChatApp> find(SqlConnection connection) {
        return connection.query(SELECT).execute().map(WeChatApps::first);
    }

    /** The same, locked until the unit's end. */
    Uni<WeChatApp> locked(SqlConnection connection) {
        return connection.query(SELECT + " FOR UPDATE").execute().map(WeChatApps::first);
    }

    /** Puts it in place. */
    Uni<Void> put(SqlConnection connection, WeChatApp app) {
        return connection
                .preparedQuery(PUT)
                .execute(Tuple.of(
                        app.tenantId(),
                        app.appId(),
                        app.secret(),
                        app.secretFingerprint(),
                        app.updatedAt().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    private static WeChatApp first(RowSet<Row> rows) {
        RowIterator<Row> found = rows.iterator();
        return found.hasNext() ? WeChatApp.of(found.next()) : null;
    }
}
