package cloud.wuye.device.metering.account;

import cloud.wuye.ledger.Source;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.UUID;

/** Moves credit for every reason but usage. The books are the mover's to post. */
@ApplicationScoped
public class Credits {
    private static final String KNOWN =
            "SELECT * FROM credit_move WHERE tenant_id = $1 AND source_type = $2 AND source_id = $3 AND kind = $4";
    /** The balance is held, so what is read of it here is what it is. */
    private static final String MOVE =
            """
            WITH made AS (
              INSERT INTO credit_move (id, tenant_id, point_id, device_id, at, kind, amount, before, after, money_fen, source_type,
                                       source_id, by_subject, by_name, note)
              SELECT $3, tenant_id, point_id, device_id, $4, $5, $6, credit, credit + $6, $7, $8, $9, $10, $11, $12
              FROM meter_balance WHERE tenant_id = $1 AND point_id = $2
              RETURNING *
            ), moved AS (
              UPDATE meter_balance SET credit = credit + $6, look_at = CASE WHEN look_below IS NULL THEN look_at
                                                                            ELSE least(look_at, $4) END
              WHERE tenant_id = $1 AND point_id = $2)
            SELECT * FROM made""";

    private static final String WORTH =
            """
            SELECT CASE WHEN b.in_quantity THEN (SELECT coalesce(sum(m.money_fen), 0) FROM credit_move m
                        WHERE m.tenant_id = b.tenant_id AND m.point_id = b.point_id) / 100.0 - b.posted_value
                   ELSE b.credit END::numeric(18,6) AS worth
            FROM meter_balance b WHERE b.tenant_id = $1 AND b.point_id = $2""";
    private static final String NOTHING_LEFT =
            """
            UPDATE meter_balance b
            SET posted_value = (SELECT coalesce(sum(m.money_fen), 0) FROM credit_move m
                                WHERE m.tenant_id = b.tenant_id AND m.point_id = b.point_id) / 100.0
            WHERE b.tenant_id = $1 AND b.point_id = $2 AND b.in_quantity""";

    private final MeterAccounts accounts;
    private final Clock clock;

    Credits(MeterAccounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * What is to be moved.
     *
     * @param amount in the account's unit; negative takes away
     * @param moneyFen what changed hands for it
     * @param source the fact behind it; its kind is not looked at
     */
    public record Wanted(
            UUID tenantId,
            UUID pointId,
            CreditMoveKind kind,
            BigDecimal amount,
            long moneyFen,
            Source source,
            Caller by,
            String note) {}

    /** Moves credit in the caller's transaction, which holds the balance from then on; a repeated fact moves nothing. */
    public Uni<CreditMove> move(SqlConnection tx, Wanted wanted) {
        return accounts.held(tx, wanted.tenantId(), wanted.pointId())
                .invoke(held -> {
                    if (held == null) {
                        throw new Problem(ProblemCode.ACCOUNT_MISSING, null, wanted.pointId());
                    }
                })
                .chain(() -> known(tx, wanted))
                .flatMap(known -> known != null ? Uni.createFrom().item(known) : fresh(tx, wanted));
    }

    /** What money stands for the credit of a held point of which all usage is posted, in yuan, 6 decimals. */
    public Uni<BigDecimal> worth(SqlConnection tx, UUID tenantId, UUID pointId) {
        return tx.preparedQuery(WORTH)
                .execute(Tuple.of(tenantId, pointId))
                .map(rows -> rows.iterator().next().getBigDecimal("worth"));
    }

    /**
     * Takes a held point's credit away, all of it, and whatever money stood for it: the mover posts what became of that.
     *
     * @param refundFen what of it is paid back
     */
    public Uni<CreditMove> clear(
            SqlConnection tx, Balance held, long refundFen, Source source, Caller by, String note) {
        Wanted wanted = new Wanted(
                held.tenantId(),
                held.pointId(),
                CreditMoveKind.CLEAR,
                held.credit().negate(),
                -refundFen,
                source,
                by,
                note);
        return move(tx, wanted)
                .call(() -> tx.preparedQuery(NOTHING_LEFT).execute(Tuple.of(held.tenantId(), held.pointId())));
    }

    private static Uni<CreditMove> known(SqlConnection tx, Wanted wanted) {
        return tx.preparedQuery(KNOWN)
                .execute(Tuple.of(
                        wanted.tenantId(),
                        wanted.source().type(),
                        wanted.source().id(),
                        wanted.kind().name()))
                .map(rows ->
                        rows.size() == 0 ? null : CreditMove.of(rows.iterator().next(), false));
    }

    private Uni<CreditMove> fresh(SqlConnection tx, Wanted wanted) {
        return tx.preparedQuery(MOVE)
                .execute(Tuple.from(new Object[] {
                    wanted.tenantId(),
                    wanted.pointId(),
                    Ids.next(),
                    clock.now().atOffset(ZoneOffset.UTC),
                    wanted.kind().name(),
                    wanted.amount(),
                    wanted.moneyFen(),
                    wanted.source().type(),
                    wanted.source().id(),
                    wanted.by().subject(),
                    wanted.by().name(),
                    wanted.note()
                }))
                .map(rows -> CreditMove.of(rows.iterator().next(), true));
    }
}
