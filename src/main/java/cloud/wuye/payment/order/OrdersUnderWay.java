package cloud.wuye.payment.order;

import static cloud.wuye.platform.db.Columns.utc;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What is being paid for somebody's credit, for features that must not act as if nobody paid. */
@ApplicationScoped
public class OrdersUnderWay {
    private static final String OF_SUBJECTS =
            """
            SELECT subject_id,
                   max(expires_at) FILTER (WHERE state = 'PENDING' AND expires_at > $2) AS payable_until,
                   coalesce(sum(payable_fen) FILTER (WHERE state IN ('PAID', 'PAID_LATE', 'CREDITING', 'CREDIT_FAILED')), 0)::bigint AS paid_fen,
                   coalesce(sum(payable_fen) FILTER (WHERE state = 'PENDING' AND expires_at > $2), 0)::bigint AS pending_fen
            FROM payment_order
            WHERE tenant_id = ANY($3) AND subject_id = ANY($1) AND state IN ('PENDING', 'PAID', 'PAID_LATE', 'CREDITING', 'CREDIT_FAILED')
            GROUP BY subject_id""";
    private static final String LAPSED =
            """
            SELECT o.subject_id, count(*)::int AS lapsed
            FROM unnest($1::uuid[], $2::timestamptz[]) AS s (subject_id, since)
            JOIN payment_order o ON o.tenant_id = ANY($4) AND o.subject_id = s.subject_id AND o.created_at >= s.since
            WHERE o.state = 'CLOSED' OR (o.state = 'PENDING' AND o.expires_at <= $3::timestamptz)
            GROUP BY o.subject_id""";

    /**
     * Of one subject. Money in fen, without surcharges.
     *
     * @param payableUntil until when an order may still be paid, or null
     * @param pendingFen what such orders ask for
     * @param paidFen what was paid and is not credited yet
     */
    public record Of(Instant payableUntil, long pendingFen, long paidFen) {
        /** Nothing is. */
        public static final Of NOTHING = new Of(null, 0, 0);

        private static Of read(Row row) {
            OffsetDateTime until = row.getOffsetDateTime("payable_until");
            return new Of(
                    until == null ? null : until.toInstant(), row.getLong("pending_fen"), row.getLong("paid_fen"));
        }
    }

    /** Of subjects of these companies, by subject; those without are missing. */
    public Uni<Map<UUID, Of>> of(
            SqlConnection connection, Collection<UUID> tenants, Collection<UUID> subjects, Instant now) {
        return connection
                .preparedQuery(OF_SUBJECTS)
                .execute(Tuple.of(subjects.toArray(UUID[]::new), utc(now), tenants.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Of> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getUUID("subject_id"), Of.read(row)));
                    return found;
                });
    }

    /** How many orders that were placed since then nobody paid in time, by subject; those without are missing. */
    public Uni<Map<UUID, Integer>> lapsed(
            SqlConnection connection, Collection<UUID> tenants, Map<UUID, Instant> sinceBySubject, Instant now) {
        if (sinceBySubject.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        UUID[] subjects = sinceBySubject.keySet().toArray(UUID[]::new);
        OffsetDateTime[] since = new OffsetDateTime[subjects.length];
        for (int i = 0; i < subjects.length; i++) {
            since[i] = utc(sinceBySubject.get(subjects[i]));
        }
        return connection
                .preparedQuery(LAPSED)
                .execute(Tuple.of(subjects, since, utc(now), tenants.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Integer> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getUUID("subject_id"), row.getInteger("lapsed")));
                    return found;
                });
    }
}
