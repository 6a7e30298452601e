package cloud.wuye.payment.order;

import cloud.wuye.payment.ChannelNotice;
import cloud.wuye.payment.NoticeKind;
import cloud.wuye.payment.NoticeSink;
import cloud.wuye.payment.PaymentState;
import cloud.wuye.payment.StoreNotices;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What verified notices do to orders and refunds: notice and effect commit together, each once. */
@ApplicationScoped
class TakeNotices implements NoticeSink {
    private final Db db;
    private final StoreNotices notices;
    private final Channels channels;
    private final RecordPayment recordPayment;
    private final SendRefund refunds;
    private final Outbox outbox;

    TakeNotices(
            Db db,
            StoreNotices notices,
            Channels channels,
            RecordPayment recordPayment,
            SendRefund refunds,
            Outbox outbox) {
        this.db = db;
        this.notices = notices;
        this.channels = channels;
        this.recordPayment = recordPayment;
        this.refunds = refunds;
        this.outbox = outbox;
    }

    @Override
    public Uni<Void> take(UUID tenantId, ChannelNotice notice) {
        PayBy by = PayBy.through(notice.channel());
        return channels.isOurs(tenantId, by, notice.appId(), notice.merchantId())
                .flatMap(ours -> db.forTenantSql(tenantId, tx -> notices.store(tx, tenantId, notice)
                        .flatMap(news -> news ? effect(tx, tenantId, by, ours, notice) : nothing())))
                .invoke(outbox::nudge);
    }

    private Uni<Void> effect(SqlConnection tx, UUID tenantId, PayBy by, boolean ours, ChannelNotice notice) {
        if (notice.kind() == NoticeKind.REFUND) {
            return refunds.told(tx, notice);
        }
        if (notice.paymentState() != PaymentState.PAID) {
            return nothing();
        }
        return recordPayment
                .record(
                        tx,
                        tenantId,
                        new PaymentEvidence(
                                by,
                                notice.outTradeNo(),
                                notice.transactionId(),
                                notice.amountFen(),
                                notice.currency(),
                                ours,
                                notice.successTime()))
                .replaceWithVoid();
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
