package cloud.wuye.payment;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Writes notices down, each thing once. Stands in for the {@link NoticeSink} of orders as long as there is none; that one
 * calls {@link #store} in its own unit, so that notice and effect commit together.
 */
@ApplicationScoped
@DefaultBean
public class StoreNotices implements NoticeSink {
    private static final String INSERT =
            """
            INSERT INTO payment_notice (id, tenant_id, channel, kind, reference, state, app_id, merchant_id, out_trade_no,
              transaction_id, out_refund_no, refund_id, amount_fen, payer_amount_fen, currency, success_at, digest,
              received_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            ON CONFLICT (tenant_id, channel, kind, reference, state) DO NOTHING""";

    private final Db db;
    private final Clock clock;

    StoreNotices(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    @Override
    public Uni<Void> take(UUID tenantId, ChannelNotice notice) {
        return db.forTenantSql(tenantId, connection -> store(connection, tenantId, notice))
                .replaceWithVoid();
    }

    /** Writes it down; true for the first that says this, false for every repetition, which waits until the first commits. */
    public Uni<Boolean> store(SqlClient connection, UUID tenantId, ChannelNotice notice) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    Ids.next(),
                    tenantId,
                    notice.channel().name(),
                    notice.kind().name(),
                    notice.reference(),
                    notice.state(),
                    notice.appId(),
                    notice.merchantId(),
                    notice.outTradeNo(),
                    notice.transactionId(),
                    notice.outRefundNo(),
                    notice.refundId(),
                    notice.amountFen(),
                    notice.payerAmountFen(),
                    notice.currency(),
                    utc(notice.successTime()),
                    notice.digest(),
                    utc(clock.now())
                }))
                .map(rows -> rows.rowCount() == 1);
    }
}
