package cloud.wuye.payment;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.secret.SealedSecrets;
import cloud.wuye.platform.secret.SecretBox;
import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** The keys of the companies' payment channels. */
@ApplicationScoped
class SealedChannels implements SealedSecrets {
    private final PaymentChannels channels;
    private final SecretBox box;
    private final Audit audit;

    SealedChannels(PaymentChannels channels, SecretBox box, Audit audit) {
        this.channels = channels;
        this.box = box;
        this.audit = audit;
    }

    @Override
    public String owners() {
        return "payment channels";
    }

    @Override
    public String table() {
        return "payment_channel";
    }

    @Override
    public Uni<Integer> sealAnew(SqlConnection tx) {
        return channels.allLocked(tx)
                .onItem()
                .transformToMulti(all -> Multi.createFrom().iterable(all))
                .select()
                .where(settings -> !box.isCurrent(settings.apiV3Key()) || !box.isCurrent(settings.merchantKey()))
                .onItem()
                .transformToUniAndConcatenate(settings -> one(tx, settings))
                .collect()
                .with(java.util.stream.Collectors.summingInt(count -> count));
    }

    private Uni<Integer> one(SqlConnection connection, ChannelSettings settings) {
        return channels.keepSeals(
                        connection,
                        settings.id(),
                        anew(settings.tenantId(), ChannelSettings.API_V3_KEY, settings.apiV3Key()),
                        anew(settings.tenantId(), ChannelSettings.MERCHANT_KEY, settings.merchantKey()))
                .chain(() -> audit.record(
                        connection,
                        Caller.system(settings.tenantId()),
                        "paymentChannel.rewrap",
                        "PaymentChannel",
                        settings.kind(),
                        null,
                        Map.of("keyId", box.currentKeyId()),
                        null))
                .replaceWith(1);
    }

    private String anew(UUID tenantId, String column, String sealed) {
        return box.seal(tenantId, column, box.open(tenantId, column, sealed));
    }
}
