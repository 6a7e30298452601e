package cloud.wuye.payment;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.secret.SecretBox;
import cloud.wuye.platform.security.Caller;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * After the platform's key has been changed: seals every company's secrets anew with the key of now, so that the old one may
 * go. Runs at every start and says what it did. One unit per company, each may be repeated; what is sealed with the key of
 * now already is left as it is.
 */
@ApplicationScoped
class RewrapSecrets {
    private static final Logger LOG = Logger.getLogger(RewrapSecrets.class);

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

    void atStart(@Observes StartupEvent event) {
        if (!box.hasKey()) {
            return;
        }
        all().subscribe()
                .with(
                        count -> {
                            if (count > 0) {
                                LOG.infof(
                                        "secrets of %d payment channels sealed anew with key %s",
                                        count, box.currentKeyId());
                            }
                        },
                        failure -> LOG.error("secrets were not sealed anew; the next start tries again", failure));
    }

    /** How many settings were sealed anew. */
    Uni<Integer> all() {
        return channels.companies()
                .onItem()
                .transformToMulti(ids -> Multi.createFrom().iterable(ids))
                .onItem()
                .transformToUniAndConcatenate(this::company)
                .collect()
                .with(java.util.stream.Collectors.summingInt(count -> count));
    }

    private Uni<Integer> company(UUID tenantId) {
        return db.forTenantSql(tenantId, connection -> channels.allLocked(connection)
                .onItem()
                .transformToMulti(all -> Multi.createFrom().iterable(all))
                .select()
                .where(settings -> !box.isCurrent(settings.apiV3Key()) || !box.isCurrent(settings.merchantKey()))
                .onItem()
                .transformToUniAndConcatenate(settings -> one(connection, settings))
                .collect()
                .with(java.util.stream.Collectors.summingInt(count -> count)));
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
