package cloud.wuye.identity.vouching;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;

import cloud.wuye.identity.realm.VouchedClient;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantRegistry;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Consumer;

/** Our word as the service gives it, for tests that bend it. */
@ApplicationScoped
public class TestVouching {
    private final Vouch vouch;
    private final Signers signers;
    private final TenantRegistry registry;
    private final VouchedClient vouchedClient;

    TestVouching(Vouch vouch, Signers signers, TenantRegistry registry, VouchedClient vouchedClient) {
        this.vouch = vouch;
        this.signers = signers;
        this.registry = registry;
        this.vouchedClient = vouchedClient;
    }

    /** Our word for whoever has this openid, changed, and signed with the company's own key. */
    public String forWeChat(UUID company, String openId, Consumer<JsonObject> change) {
        return signed(company, vouchedClient.issuer(company), openId, change);
    }

    /** That it is we who ask. */
    public String forOurselves(UUID company) {
        return signed(company, VouchedClient.CLIENT, VouchedClient.CLIENT, claims -> {});
    }

    /** Has the company's first key made. */
    public void makeKey(UUID company) {
        try {
            subscribeAndAwait(() -> signers.of(company));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private String signed(UUID company, String issuer, String subject, Consumer<JsonObject> change) {
        try {
            Tenant tenant = subscribeAndAwait(() -> registry.findById(company)).orElseThrow();
            JsonObject claims = vouch.claims(tenant, issuer, subject);
            change.accept(claims);
            return subscribeAndAwait(() -> signers.of(company)).sign(claims);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
