package cloud.wuye.device.metering.credit;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** The clearings of credit, and all SQL that changes them. */
@ApplicationScoped
class MeterClears {
    private static final String ADD =
            """
            INSERT INTO meter_clear_record (id, tenant_id, point_id, device_id, register, before, after, remainder, refund_fen,
              reason, state, purchase_id, bill_id, entry_id, client_key, created_at, ended_at, by_subject, by_name)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            RETURNING *""";
    private static final String BY_CLICK = "SELECT * FROM meter_clear_record WHERE tenant_id = $1 AND client_key = $2";
    private static final String OPEN =
            "SELECT id FROM meter_clear_record WHERE tenant_id = $1 AND point_id = $2 AND state = 'UNDER_WAY'";
    private static final String OF_PURCHASE =
            "SELECT * FROM meter_clear_record WHERE tenant_id = $1 AND purchase_id = $2 FOR UPDATE";
    private static final String END =
            """
            UPDATE meter_clear_record
            SET state = $3, after = $4, refund_fen = $5, entry_id = $6, command_id = $7, ended_at = $8, before = coalesce($9, before)
            WHERE tenant_id = $1 AND purchase_id = $2""";
    private static final String LOCKED = "SELECT * FROM meter_clear_record WHERE id = $1 FOR UPDATE";
    private static final String PAID_OUT =
            """
            UPDATE meter_clear_record SET receipt_no = $3, paid_out_at = $4 WHERE tenant_id = $1 AND id = $2
            RETURNING *""";
    private static final String REGISTER =
            "SELECT base_value FROM meter_state WHERE tenant_id = $1 AND device_id = $2 AND register = 'TOTAL'";

    Uni<MeterClearView> add(SqlConnection tx, MeterClear clear) {
        boolean ended = clear.state() != ClearState.UNDER_WAY;
        return tx.preparedQuery(ADD)
                .execute(Tuple.from(new Object[] {
                    clear.id(),
                    clear.tenantId(),
                    clear.pointId(),
                    clear.deviceId(),
                    clear.register(),
                    clear.before(),
                    clear.after(),
                    clear.remainder().name(),
                    clear.refundFen(),
                    clear.reason(),
                    clear.state().name(),
                    clear.purchaseId(),
                    clear.billId(),
                    clear.entryId(),
                    clear.clientKey(),
                    utc(clear.createdAt()),
                    ended ? utc(clear.createdAt()) : null,
                    clear.bySubject(),
                    clear.byName()
                }))
                .map(rows -> MeterClearView.of(rows.iterator().next()));
    }

    /** What an earlier click with this key cleared, or null. */
    Uni<MeterClearView> byClick(SqlConnection tx, UUID tenantId, String clientKey) {
        return tx.preparedQuery(BY_CLICK)
                .execute(Tuple.of(tenantId, clientKey))
                .map(rows -> rows.size() == 0
                        ? null
                        : MeterClearView.of(rows.iterator().next()));
    }

    /** Whether a clearing of the point is under way. */
    Uni<Boolean> underWay(SqlConnection tx, UUID tenantId, UUID pointId) {
        return tx.preparedQuery(OPEN).execute(Tuple.of(tenantId, pointId)).map(rows -> rows.size() > 0);
    }

    /** The clearing that a write of a meter's credit carries out, locked. */
    Uni<MeterClearView> ofPurchase(SqlConnection tx, MeterPurchase purchase) {
        return tx.preparedQuery(OF_PURCHASE)
                .execute(Tuple.of(purchase.tenantId, purchase.id))
                .map(rows -> MeterClearView.of(rows.iterator().next()));
    }

    /**
     * A clearing in the meter has ended so.
     *
     * @param before what was left by the meter's last word, or null where that is as it was
     */
    Uni<Void> end(
            SqlConnection tx,
            MeterPurchase purchase,
            ClearState state,
            BigDecimal before,
            BigDecimal after,
            Long refundFen,
            UUID entryId,
            Instant at) {
        return tx.preparedQuery(END)
                .execute(Tuple.from(new Object[] {
                    purchase.tenantId,
                    purchase.id,
                    state.name(),
                    after,
                    refundFen,
                    entryId,
                    purchase.commandId,
                    utc(at),
                    before
                }))
                .replaceWithVoid();
    }

    /** A clearing of the connection's tenant, locked, or NOT_FOUND. */
    Uni<MeterClearView> locked(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCKED).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                throw new Problem(ProblemCode.NOT_FOUND, "id", id);
            }
            return MeterClearView.of(rows.iterator().next());
        });
    }

    /** What was owed is paid out. */
    Uni<MeterClearView> paidOut(SqlConnection tx, UUID tenantId, UUID id, String receiptNo, Instant at) {
        return tx.preparedQuery(PAID_OUT)
                .execute(Tuple.of(tenantId, id, receiptNo, utc(at)))
                .map(rows -> MeterClearView.of(rows.iterator().next()));
    }

    /** The last believed reading of a meter, or null. */
    Uni<BigDecimal> register(SqlConnection tx, UUID tenantId, UUID deviceId) {
        return tx.preparedQuery(REGISTER)
                .execute(Tuple.of(tenantId, deviceId))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getBigDecimal("base_value"));
    }
}
