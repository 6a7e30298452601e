package cloud.wuye.payment;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.secret.SecretBox;
import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/**
 * After the platform's key has been changed: seals every company's secrets anew with the key of now, so that the old one may
 * go. One unit per company, each may be repeated; what is sealed with the key of now already is left as it is.
 */
@ApplicationScoped
class RewrapSecrets {
    private final Db db;
    private final PaymentChannels channels;
    private final SecretBox box;
    private final Audit audit;

    RewrapSecrets(Db db, PaymentChannels channels, SecretBox box, Audit audit) {
        this.db = db;
        this.channels = channels;
        this.box = box;
        this.audit = audit;
    }

    /** How many settings were sealed anew. */
    Uni<Integer> all(Caller operator) {
        return channels.companies()
                .onItem()
                .transformToMulti(ids -> Multi.createFrom().iterable(ids))
                .onItem()
                .transformToUniAndConcatenate(id -> company(operator, id))
                .collect()
                .with(java.util.stream.Collectors.summingInt(count -> count));
    }

    private Uni<Integer> company(Caller operator, UUID tenantId) {
        return db.forTenantSql(tenantId, connection -> channels.allLocked(connection)
                .onItem()
                .transformToMulti(all -> Multi.createFrom().iterable(all))
                .select()
                .where(settings -> !box.isCurrent(settings.apiV3Key()) || !box.isCurrent(settings.merchantKey()))
                .onItem()
                .transformToUniAndConcatenate(settings -> one(connection, operator, settings))
                .collect()
                .with(java.util.stream.Collectors.summingInt(count -> count)));
    }

    private Uni<Integer> one(SqlConnection connection, Caller operator, ChannelSettings settings) {
        Caller inTheCompanysLog =
                new Caller(settings.tenantId(), operator.subject(), operator.name(), operator.roles());
        return channels.keepSeals(
                        connection,
                        settings.id(),
                        anew(settings.tenantId(), ChannelSettings.API_V3_KEY, settings.apiV3Key()),
                        anew(settings.tenantId(), ChannelSettings.MERCHANT_KEY, settings.merchantKey()))
                .chain(() -> audit.record(
                        connection,
                        inTheCompanysLog,
                        "payment-channel.rewrap",
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
