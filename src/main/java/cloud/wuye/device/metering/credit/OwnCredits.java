package cloud.wuye.device.metering.credit;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.device.metering.account.MeterAccount;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** What the service reckons of credit that meters count themselves. Whoever changes a row holds the point's balance. */
@ApplicationScoped
class OwnCredits {
    /** What the meters of the point had counted of the day on which the account begins is not the account's. */
    private static final String BEGIN =
            """
            INSERT INTO meter_own_credit AS o (tenant_id, point_id, device_id, counted_before, look_at, looked_at)
            SELECT b.tenant_id, b.point_id, b.device_id, coalesce((
                     SELECT sum(c.quantity) FROM consumption_by_day c
                     WHERE c.tenant_id = b.tenant_id AND c.register = 'TOTAL' AND c.service_point_id = b.point_id
                       AND c.day = (b.starts_at AT TIME ZONE t.zone)::date
                       AND c.device_id IN (SELECT b.device_id UNION
                                           SELECT m.device_id FROM meter_installation m
                                           WHERE m.tenant_id = b.tenant_id AND m.service_point_id = b.point_id)), 0), $3, $3
            FROM meter_balance b
            JOIN tenant t ON t.id = b.tenant_id
            WHERE b.tenant_id = $1 AND b.point_id = $2
            ON CONFLICT (tenant_id, point_id) DO UPDATE
            SET device_id = excluded.device_id, counted_before = excluded.counted_before, used = 0, counted_until = NULL,
                look_at = excluded.look_at, looked_at = excluded.looked_at, state = 'UNKNOWN', bought = 0, expected = 0,
                reported = NULL, reported_at = NULL, difference = 0, differs_since = NULL, resolved_at = NULL, resolved_by = NULL,
                reason = NULL""";

    private static final String END =
            "UPDATE meter_own_credit SET look_at = NULL WHERE tenant_id = $1 AND point_id = $2";
    private static final String LOCKED =
            """
            SELECT o.tenant_id, o.point_id, o.state, o.postings, o.reported, o.difference, b.credit,
                   coalesce(o.reported_at = o.counted_until AND o.expected = b.credit, false) AS current
            FROM meter_own_credit o
            JOIN meter_balance b ON b.tenant_id = o.tenant_id AND b.point_id = o.point_id
            WHERE o.tenant_id = $1 AND o.point_id = $2 FOR UPDATE OF b, o""";
    private static final String SETTLED =
            """
            UPDATE meter_own_credit
            SET postings = postings + 1, bought = bought + difference, expected = reported, difference = 0, differs_since = NULL
            WHERE tenant_id = $1 AND point_id = $2""";
    private static final String RESOLVED =
            """
            UPDATE meter_own_credit SET state = 'RESOLVED', resolved_at = $3, resolved_by = $4, reason = $5
            WHERE tenant_id = $1 AND point_id = $2""";

    /** An account begins. */
    Uni<Void> begin(SqlConnection tx, MeterAccount account) {
        return tx.preparedQuery(BEGIN)
                .execute(Tuple.of(account.tenantId(), account.pointId(), utc(account.openedAt())))
                .replaceWithVoid();
    }

    /** An account ends: it is not looked at any more. */
    Uni<Void> end(SqlConnection tx, MeterAccount account) {
        return tx.preparedQuery(END)
                .execute(Tuple.of(account.tenantId(), account.pointId()))
                .replaceWithVoid();
    }

    /** How an account stands, locked; null where the meter does not count. */
    Uni<OwnCredit> locked(SqlConnection tx, UUID tenantId, UUID pointId) {
        return tx.preparedQuery(LOCKED)
                .execute(Tuple.of(tenantId, pointId))
                .map(rows ->
                        rows.size() == 0 ? null : OwnCredit.of(rows.iterator().next()));
    }

    /** What the service knows has become what the meter said. */
    Uni<Void> settled(SqlConnection tx, OwnCredit standing) {
        return tx.preparedQuery(SETTLED)
                .execute(Tuple.of(standing.tenantId(), standing.pointId()))
                .replaceWithVoid();
    }

    /** Because a person said so. */
    Uni<Void> resolved(SqlConnection tx, OwnCredit standing, Instant at, String by, String reason) {
        return tx.preparedQuery(RESOLVED)
                .execute(Tuple.of(standing.tenantId(), standing.pointId(), utc(at), by, reason))
                .replaceWithVoid();
    }
}
