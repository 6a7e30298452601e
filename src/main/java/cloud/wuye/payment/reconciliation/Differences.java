package cloud.wuye.payment.reconciliation;

import static cloud.wuye.platform.db.Columns.utc;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The differences and all SQL that finds and moves them: a day is compared as a whole, never row by row. */
@ApplicationScoped
class Differences {
    /**
     * A payment so near to midnight may stand in the neighbouring day's bill, as the channel's clock has it: what comes in
     * the last minutes of a day is looked for when the next day is reconciled.
     */
    private static final Duration EDGE = Duration.ofMinutes(10);

    /** $1 company, $2 channel, $3 day, $4 way to pay, $5 and $6 from when to when our side is looked for, $7 now. */
    private static final String FIND =
            """
            WITH trade AS (
              SELECT * FROM bill_trade WHERE tenant_id = $1 AND channel = $2 AND day = $3
            ), own AS NOT MATERIALIZED (
              SELECT number, transaction_id, paid_fen AS fen, succeeded_at AS at, order_id FROM payment_attempt
              WHERE tenant_id = $1 AND pay_by = $4 AND state = 'SUCCEEDED'
              UNION ALL
              -- What an order holds is an attempt of its.
              SELECT number, transaction_id, CASE WHEN currency = 'CNY' THEN fen ELSE 0 END, paid_at, NULL::uuid
              FROM suspense_item
              WHERE tenant_id = $1 AND pay_by = $4 AND order_id IS NULL
            ), told (kind, reference, number, order_id, channel_fen, own_fen, channel_state, own_state, at) AS (
              SELECT 'LOCAL_MISSING', t.transaction_id, t.number, a.order_id, CASE WHEN t.currency = 'CNY' THEN t.fen ELSE 0 END,
                NULL::bigint,
                CASE WHEN t.currency = 'CNY' THEN t.state ELSE t.state || ' ' || t.currency END, a.state, t.at
              FROM trade t LEFT JOIN payment_attempt a ON a.tenant_id = $1 AND a.pay_by = $4 AND a.number = t.number
              WHERE t.refund_id IS NULL AND t.state = 'SUCCESS'
                AND NOT EXISTS (SELECT FROM own o WHERE o.transaction_id = t.transaction_id)
              UNION ALL
              SELECT 'CHANNEL_MISSING', o.transaction_id, o.number, o.order_id, NULL, o.fen, NULL, 'SUCCEEDED', o.at
              FROM own o
              WHERE o.at >= $5 AND o.at < $6 AND NOT EXISTS (
                SELECT FROM bill_trade b WHERE b.tenant_id = $1 AND b.channel = $2 AND b.transaction_id = o.transaction_id
                  AND b.refund_id IS NULL)
              UNION ALL
              SELECT 'AMOUNT_DIFFERS', t.transaction_id, t.number, o.order_id, t.fen, o.fen, t.state, 'SUCCEEDED', t.at
              FROM trade t JOIN own o ON o.transaction_id = t.transaction_id
              WHERE t.refund_id IS NULL AND t.fen <> o.fen AND t.currency = 'CNY'
              UNION ALL
              SELECT 'STATE_DIFFERS', t.transaction_id, t.number, o.order_id,
                -- Of another currency there are no fen, on either side.
                CASE WHEN t.currency = 'CNY' THEN t.fen ELSE 0 END, CASE WHEN t.currency = 'CNY' THEN o.fen ELSE 0 END,
                CASE WHEN t.currency = 'CNY' THEN t.state ELSE t.state || ' ' || t.currency END, 'SUCCEEDED', t.at
              FROM trade t JOIN own o ON o.transaction_id = t.transaction_id
              WHERE t.refund_id IS NULL AND (t.state <> 'SUCCESS' OR t.currency <> 'CNY')
              UNION ALL
              -- The bill has it, and we do not, or not as going back through the channel, or with another amount.
              SELECT 'REFUND_DIFFERS', coalesce(t.refund_number, t.refund_id), t.number, r.order_id, t.refund_fen, r.fen,
                t.refund_state, CASE WHEN r.by_hand THEN 'PAID_OUT_BY_HAND' ELSE r.state END, t.at
              FROM (SELECT *, coalesce(refund_state, '') IN ('FAIL', 'CLOSED', 'ABNORMAL') AS failed FROM trade) t
              LEFT JOIN payment_refund r ON r.tenant_id = $1 AND r.pay_by = $4 AND r.number = t.refund_number
              WHERE t.refund_id IS NOT NULL AND CASE WHEN t.failed THEN r.state = 'SUCCEEDED' AND NOT r.by_hand
                ELSE r.id IS NULL OR r.by_hand OR r.fen <> t.refund_fen OR r.state IN ('REQUESTED', 'REJECTED', 'FAILED') END
              UNION ALL
              -- It has gone back by what we know, and no bill has it.
              SELECT 'REFUND_DIFFERS', r.number, a.number, r.order_id, NULL, r.fen, NULL, r.state, r.succeeded_at
              FROM payment_refund r JOIN payment_attempt a ON a.tenant_id = r.tenant_id AND a.id = r.attempt_id
              WHERE r.tenant_id = $1 AND r.pay_by = $4 AND r.state = 'SUCCEEDED' AND NOT r.by_hand
                AND r.succeeded_at >= $5 AND r.succeeded_at < $6 AND NOT EXISTS (
                  SELECT FROM bill_trade b WHERE b.tenant_id = $1 AND b.channel = $2 AND b.refund_number = r.number)
            ), found AS MATERIALIZED (
              SELECT DISTINCT ON (kind, reference) * FROM told ORDER BY kind, reference, at
            ), gone AS (
              UPDATE reconciliation_difference d SET state = 'GONE', gone_at = $7
              WHERE d.tenant_id = $1 AND d.channel = $2 AND d.day = $3 AND d.state = 'OPEN'
                AND NOT EXISTS (SELECT FROM found f WHERE f.kind = d.kind AND f.reference = d.reference)
            )
            INSERT INTO reconciliation_difference AS d (id, tenant_id, channel, day, kind, reference, number, order_id,
              channel_fen, own_fen, channel_state, own_state, at, state, found_at)
            SELECT gen_random_uuid(), $1, $2, $3, kind, reference, number, order_id, channel_fen, own_fen, channel_state,
              own_state, at, 'OPEN', $7 FROM found
            ON CONFLICT (tenant_id, channel, day, kind, reference) DO UPDATE SET
              state = 'OPEN', found_at = excluded.found_at, gone_at = NULL, resolution = NULL, reason = NULL,
              resolved_by = NULL, resolved_by_name = NULL, resolved_at = NULL,
              number = excluded.number, order_id = excluded.order_id, channel_fen = excluded.channel_fen,
              own_fen = excluded.own_fen, channel_state = excluded.channel_state, own_state = excluded.own_state
            WHERE d.state = 'GONE' OR (d.channel_fen, d.own_fen, d.channel_state, d.own_state)
              IS DISTINCT FROM (excluded.channel_fen, excluded.own_fen, excluded.channel_state, excluded.own_state)""";

    /** What was missing on one side, on whichever day, and is there now. */
    private static final String FOUND_AFTER_ALL =
            """
            UPDATE reconciliation_difference d SET state = 'GONE', gone_at = $4
            WHERE d.tenant_id = $1 AND d.channel = $2 AND d.state = 'OPEN' AND CASE d.kind
              WHEN 'LOCAL_MISSING' THEN
                EXISTS (SELECT FROM payment_attempt a
                  WHERE a.tenant_id = $1 AND a.pay_by = $3 AND a.transaction_id = d.reference)
                OR EXISTS (SELECT FROM suspense_item u
                  WHERE u.tenant_id = $1 AND u.pay_by = $3 AND u.transaction_id = d.reference)
              WHEN 'CHANNEL_MISSING' THEN
                EXISTS (SELECT FROM bill_trade b WHERE b.tenant_id = $1 AND b.channel = $2
                  AND b.transaction_id = d.reference AND b.refund_id IS NULL)
              WHEN 'REFUND_DIFFERS' THEN
                d.channel_fen IS NULL AND EXISTS (SELECT FROM bill_trade b WHERE b.tenant_id = $1 AND b.channel = $2
                  AND b.refund_number = d.reference)
              ELSE false END""";

    private static final String TOTALS =
            """
            UPDATE reconciliation_run r SET
              bill_payments = b.payments, bill_paid_fen = b.paid, bill_refunds = b.refunds, bill_refunded_fen = b.refunded,
              own_payments = o.payments, own_paid_fen = o.paid, own_refunds = g.refunds, own_refunded_fen = g.refunded
            FROM (
              SELECT count(*) FILTER (WHERE refund_id IS NULL) AS payments,
                coalesce(sum(fen) FILTER (WHERE currency = 'CNY'), 0) AS paid,
                count(*) FILTER (WHERE refund_id IS NOT NULL) AS refunds,
                coalesce(sum(refund_fen) FILTER (WHERE currency = 'CNY'), 0) AS refunded
              FROM bill_trade WHERE tenant_id = $2 AND channel = $3 AND day = $4) b, (
              SELECT count(*) AS payments, coalesce(sum(fen), 0) AS paid FROM (
                SELECT paid_fen AS fen FROM payment_attempt WHERE tenant_id = $2 AND pay_by = $5 AND state = 'SUCCEEDED'
                  AND succeeded_at >= $6 AND succeeded_at < $7
                UNION ALL
                SELECT CASE WHEN currency = 'CNY' THEN fen ELSE 0 END FROM suspense_item
                WHERE tenant_id = $2 AND pay_by = $5 AND order_id IS NULL AND paid_at >= $6 AND paid_at < $7) p) o, (
              SELECT count(*) AS refunds, coalesce(sum(fen), 0) AS refunded FROM payment_refund
              WHERE tenant_id = $2 AND pay_by = $5 AND state = 'SUCCEEDED' AND NOT by_hand
                AND succeeded_at >= $6 AND succeeded_at < $7) g
            WHERE r.id = $1""";

    private static final String UNKNOWN_HERE =
            """
            SELECT number, reference FROM reconciliation_difference
            WHERE tenant_id = $1 AND channel = $2 AND day = $3 AND kind = 'LOCAL_MISSING' AND state = 'OPEN' ORDER BY at, reference""";

    /** A payment that only the channel has. */
    record Unknown(String number, String transactionId) {}

    /** Compares a locked run's day; what was found before and is the same stays as it is, what is gone is closed. */
    Uni<Void> find(SqlConnection tx, ReconciliationRun run, Instant now) {
        return tx.preparedQuery(FIND)
                .execute(Tuple.from(new Object[] {
                    run.tenantId(),
                    run.channel().name(),
                    run.day(),
                    run.by().name(),
                    utc(run.begins().minus(EDGE)),
                    utc(run.ends().minus(EDGE)),
                    utc(now)
                }))
                .chain(() -> foundAfterAll(tx, run, now));
    }

    /** Closes what is there after all, of whichever day. */
    Uni<Void> foundAfterAll(SqlConnection tx, ReconciliationRun run, Instant now) {
        return tx.preparedQuery(FOUND_AFTER_ALL)
                .execute(Tuple.of(run.tenantId(), run.channel().name(), run.by().name(), utc(now)))
                .replaceWithVoid();
    }

    /** Writes both sides' totals into a locked run. */
    Uni<Void> addUp(SqlConnection tx, ReconciliationRun run) {
        return tx.preparedQuery(TOTALS)
                .execute(Tuple.from(new Object[] {
                    run.id(),
                    run.tenantId(),
                    run.channel().name(),
                    run.day(),
                    run.by().name(),
                    utc(run.begins()),
                    utc(run.ends())
                }))
                .replaceWithVoid();
    }

    /** The payments of a day that only the channel has. */
    Uni<List<Unknown>> unknownHere(SqlConnection tx, ReconciliationRun run) {
        return tx.preparedQuery(UNKNOWN_HERE)
                .execute(Tuple.of(run.tenantId(), run.channel().name(), run.day()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Unknown(row.getString("number"), row.getString("reference")))
                        .toList());
    }

    /** How many wait for a person, in all companies. */
    Uni<Long> open(SqlConnection tx) {
        return tx.query("SELECT count(*) FROM reconciliation_difference WHERE state = 'OPEN'")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** A difference, locked, or null. */
    Uni<ReconciliationDifferenceView> locked(SqlConnection tx, UUID id) {
        return tx.preparedQuery("SELECT * FROM reconciliation_difference WHERE id = $1 FOR UPDATE")
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? null
                        : ReconciliationDifferenceView.of(rows.iterator().next()));
    }
}
