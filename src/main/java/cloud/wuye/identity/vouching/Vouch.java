package cloud.wuye.identity.vouching;

import cloud.wuye.identity.realm.VouchedClient;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/**
 * Gives a company's realm our word for who somebody is, and takes the token that the realm gives for it. Whoever calls this
 * has made sure of it.
 */
@ApplicationScoped
public class Vouch {
    /** Less than the realm allows, which may see our clock a little ahead of its own. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(45);

    private final Signers signers;
    private final AskRealm askRealm;
    private final VouchedClient vouchedClient;
    private final Clock clock;

    Vouch(Signers signers, AskRealm askRealm, VouchedClient vouchedClient, Clock clock) {
        this.signers = signers;
        this.askRealm = askRealm;
        this.vouchedClient = vouchedClient;
        this.clock = clock;
    }

    /**
     * A token of whoever has this openid, or null when the realm does not take our word: it knows nobody of that name, or
     * not this way of coming in, or has shut them out. IDENTITY_UNAVAILABLE when it cannot be asked.
     */
    public Uni<RealmToken> forWeChat(Tenant tenant, String openId) {
        return signers.of(tenant.id())
                .flatMap(signer -> askRealm.token(
                        tenant,
                        signer.sign(claims(tenant, vouchedClient.issuer(tenant.id()), openId)),
                        signer.sign(claims(tenant, VouchedClient.CLIENT, VouchedClient.CLIENT))));
    }

    /** What is said of somebody, once and for a short time, to this realm and no other. */
    JsonObject claims(Tenant tenant, String issuer, String subject) {
        Instant now = clock.now();
        return new JsonObject()
                .put("iss", issuer)
                .put("sub", subject)
                .put("aud", tenant.issuer())
                .put("jti", Ids.next().toString())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(GOOD_FOR).getEpochSecond());
    }
}
