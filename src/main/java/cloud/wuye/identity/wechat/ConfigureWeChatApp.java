package cloud.wuye.identity.wechat;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.secret.SecretBox;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Use case: puts a company's mini-program in place, or changes it. */
@ApplicationScoped
class ConfigureWeChatApp {
    private final Db db;
    private final WeChatApps apps;
    private final SecretBox box;
    private final Audit audit;
    private final Clock clock;

    ConfigureWeChatApp(Db db, WeChatApps apps, SecretBox box, Audit audit, Clock clock) {
        this.db = db;
        this.apps = apps;
        this.box = box;
        this.audit = audit;
        this.clock = clock;
    }

    /** The secret of one app does not open another: with another appid it has to be given. */
    Uni<WeChatAppView> configure(Caller by, ConfigureWeChatAppInput input) {
        UUID tenant = by.requireTenant();
        box.requireKey();
        return db.writeSql(tx -> apps.locked(tx).flatMap(before -> {
            WeChatApp now = app(tenant, before, input);
            return apps.put(tx, now)
                    .chain(() -> audit.record(
                            tx,
                            by,
                            "weChatApp.configure",
                            "WeChatApp",
                            now.appId(),
                            before == null ? null : WeChatAppView.of(before),
                            WeChatAppView.of(now),
                            null))
                    .replaceWith(WeChatAppView.of(now));
        }));
    }

    private WeChatApp app(UUID tenant, WeChatApp before, ConfigureWeChatAppInput input) {
        if (input.appSecret() != null) {
            return new WeChatApp(
                    tenant,
                    input.appid(),
                    box.seal(tenant, WeChatApp.SECRET, input.appSecret()),
                    box.fingerprint(tenant, WeChatApp.SECRET, input.appSecret()),
                    clock.now());
        }
        if (before == null || !before.appId().equals(input.appid())) {
            throw new Problem(ProblemCode.PAYMENT_SECRET_MISSING, "input.appSecret", "appSecret");
        }
        return before;
    }
}
