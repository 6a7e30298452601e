package cloud.wuye.identity.wechat;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Which resident is whom in which mini-program, and all SQL about it. */
@ApplicationScoped
public class WeChatLinks {
    /** Nobody else links these until the transaction ends, always in this order. */
    private static final String HOLD =
            """
            SELECT count(pg_advisory_xact_lock(hashtext('wechat-link'), k)) FROM (
              SELECT DISTINCT hashtext(t) AS k FROM unnest($1::text[]) t ORDER BY 1) x""";

    private static final String PUT =
            """
            INSERT INTO resident_wechat (tenant_id, resident_id, app_id, openid, linked_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant_id, resident_id) DO UPDATE SET app_id = excluded.app_id, openid = excluded.openid,
              linked_at = excluded.linked_at, logged_in_at = NULL""";

    private static final String LOGGED_IN =
            """
            UPDATE resident_wechat SET logged_in_at = $2
            WHERE resident_id = $1 AND openid = $3 AND (logged_in_at IS NULL OR logged_in_at < $4)""";

    /** Who somebody is in an app. */
    record Link(UUID residentId, String appId, String openId, Instant linkedAt) {
        private static Link of(Row row) {
            return new Link(
                    row.getUUID("resident_id"),
                    row.getString("app_id"),
                    row.getString("openid"),
                    row.getOffsetDateTime("linked_at").toInstant());
        }
    }

    /** Who a resident of the running unit's company is in this app; null for one who is not linked in it. */
    public Uni<String> openId(SqlConnection connection, UUID residentId, String appId) {
        return of(connection, residentId).map(link -> link != null && link.appId.equals(appId) ? link.openId : null);
    }

    /** Holds a resident and an openid against everybody else who links one of them. */
    Uni<Void> hold(SqlConnection tx, UUID residentId, String openId) {
        return tx.preparedQuery(HOLD)
                .execute(Tuple.of(new String[] {residentId.toString(), openId}))
                .replaceWithVoid();
    }

    /** The link of a resident, or null. */
    Uni<Link> of(SqlConnection connection, UUID residentId) {
        return connection
                .preparedQuery(
                        "SELECT resident_id, app_id, openid, linked_at FROM resident_wechat WHERE resident_id = $1")
                .execute(Tuple.of(residentId))
                .map(WeChatLinks::first);
    }

    /** The link of an openid in an app of the tenant's, or null. */
    Uni<Link> byOpenId(SqlConnection connection, UUID tenantId, String appId, String openId) {
        return connection
                .preparedQuery(
                        "SELECT resident_id, app_id, openid, linked_at FROM resident_wechat WHERE tenant_id = $1 AND app_id = $2 AND openid = $3")
                .execute(Tuple.of(tenantId, appId, openId))
                .map(WeChatLinks::first);
    }

    /** Puts a resident's only link in place. */
    Uni<Void> put(SqlConnection tx, UUID tenantId, Link link) {
        return tx.preparedQuery(PUT)
                .execute(Tuple.of(
                        tenantId, link.residentId, link.appId, link.openId, link.linkedAt.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Forgets it; tells whether there was one. */
    Uni<Boolean> forget(SqlConnection tx, UUID residentId) {
        return tx.preparedQuery("DELETE FROM resident_wechat WHERE resident_id = $1")
                .execute(Tuple.of(residentId))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Notes that they came in by it, unless they did so after {@code pause} already; tells whether it was noted. */
    Uni<Boolean> loggedIn(SqlConnection tx, Link link, Instant at, Instant pause) {
        return tx.preparedQuery(LOGGED_IN)
                .execute(Tuple.of(
                        link.residentId, at.atOffset(ZoneOffset.UTC), link.openId, pause.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Since when these residents are linked, by resident; the others are missing. */
    Uni<Map<UUID, Instant>> since(SqlConnection connection, Collection<UUID> residents) {
        return connection
                .preparedQuery("SELECT resident_id, linked_at FROM resident_wechat WHERE resident_id = ANY ($1)")
                .execute(Tuple.of(residents.stream().distinct().toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Instant> found = new HashMap<>();
                    for (Row row : rows) {
                        OffsetDateTime at = row.getOffsetDateTime("linked_at");
                        found.put(row.getUUID("resident_id"), at.toInstant());
                    }
                    return found;
                });
    }

    private static Link first(RowSet<Row> rows) {
        RowIterator<Row> found = rows.iterator();
        return found.hasNext() ? Link.of(found.next()) : null;
    }
}
