package cloud.wuye.identity.wechat;

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

/** After the platform's key has been changed: seals every app secret anew, as payment does with its own. Runs at every start. */
@ApplicationScoped
class RewrapWeChatSecrets {
    private static final Logger LOG = Logger.getLogger(RewrapWeChatSecrets.class);

    private final Db db;
    private final WeChatApps apps;
    private final SecretBox box;
    private final Audit audit;

    RewrapWeChatSecrets(Db db, WeChatApps apps, SecretBox box, Audit audit) {
        this.db = db;
        this.apps = apps;
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
                                LOG.infof("%d app secrets sealed anew with key %s", count, box.currentKeyId());
                            }
                        },
                        failure -> LOG.error("app secrets were not sealed anew; the next start tries again", failure));
    }

    /** How many were sealed anew. */
    Uni<Integer> all() {
        return apps.companies()
                .onItem()
                .transformToMulti(ids -> Multi.createFrom().iterable(ids))
                .onItem()
                .transformToUniAndConcatenate(this::company)
                .collect()
                .with(java.util.stream.Collectors.summingInt(count -> count));
    }

    private Uni<Integer> company(UUID tenantId) {
        return db.forTenantSql(tenantId, tx -> apps.locked(tx)
                .flatMap(app -> app == null || box.isCurrent(app.secret())
                        ? Uni.createFrom().item(0)
                        : anew(tx, app)));
    }

    private Uni<Integer> anew(SqlConnection tx, WeChatApp app) {
        String secret = box.open(app.tenantId(), WeChatApp.SECRET, app.secret());
        WeChatApp now = new WeChatApp(
                app.tenantId(),
                app.appId(),
                box.seal(app.tenantId(), WeChatApp.SECRET, secret),
                box.fingerprint(app.tenantId(), WeChatApp.SECRET, secret),
                app.updatedAt());
        return apps.put(tx, now)
                .chain(() -> audit.record(
                        tx,
                        Caller.system(app.tenantId()),
                        "weChatApp.rewrap",
                        "WeChatApp",
                        app.appId(),
                        null,
                        Map.of("keyId", box.currentKeyId()),
                        null))
                .replaceWith(1);
    }
}
