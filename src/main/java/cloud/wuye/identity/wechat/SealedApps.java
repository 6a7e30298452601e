package cloud.wuye.identity.wechat;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.secret.SealedSecrets;
import cloud.wuye.platform.secret.SecretBox;
import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The secrets of the companies' mini-programs. */
@ApplicationScoped
class SealedApps implements SealedSecrets {
    private final WeChatApps apps;
    private final SecretBox box;
    private final Audit audit;

    SealedApps(WeChatApps apps, SecretBox box, Audit audit) {
        this.apps = apps;
        this.box = box;
        this.audit = audit;
    }

    @Override
    public String owners() {
        return "mini-programs";
    }

    @Override
    public String table() {
        return "wechat_app";
    }

    @Override
    public Uni<Integer> sealAnew(SqlConnection tx) {
        return apps.locked(tx)
                .flatMap(app -> app == null || box.isCurrent(app.secret())
                        ? Uni.createFrom().item(0)
                        : anew(tx, app));
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
