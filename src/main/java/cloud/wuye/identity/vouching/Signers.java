package cloud.wuye.identity.vouching;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.secret.SecretBox;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Whose key signs now. The first and every next key of a company is made when it is asked for. */
@ApplicationScoped
class Signers {
    private final Db db;
    private final VouchingKeys keys;
    private final VouchingConfig config;
    private final SecretBox box;
    private final Audit audit;
    private final Clock clock;

    Signers(Db db, VouchingKeys keys, VouchingConfig config, SecretBox box, Audit audit, Clock clock) {
        this.db = db;
        this.keys = keys;
        this.config = config;
        this.box = box;
        this.audit = audit;
        this.clock = clock;
    }

    /** With the company's key of now. */
    Uni<Signer> of(UUID tenantId) {
        return db.forTenantSql(tenantId, keys::all)
                .map(this::rota)
                .flatMap(rota -> rota.wantsAnother()
                        ? another(tenantId)
                        : Uni.createFrom().item(rota))
                .map(KeyRota::signing)
                .map(key -> Signer.of(key.kid(), box.open(tenantId, VouchingKey.PRIVATE_KEY, key.privateKey())));
    }

    /** The company's keys that are to be believed; none for a company that vouched for nobody yet. */
    Uni<List<VouchingKey>> shown(UUID tenantId) {
        return db.forTenantSql(tenantId, keys::all).map(this::rota).map(KeyRota::shown);
    }

    private Uni<KeyRota> another(UUID tenantId) {
        return Uni.createFrom()
                .item(VouchingKey::pair)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(pair -> db.forTenantSql(tenantId, tx -> keys.hold(tx)
                        .chain(() -> keys.all(tx))
                        .flatMap(there -> rota(there).wantsAnother()
                                ? add(tx, rota(there), fresh(tenantId, pair))
                                : Uni.createFrom().voidItem())
                        .chain(() -> keys.all(tx))
                        .map(this::rota)));
    }

    private Uni<Void> add(SqlConnection tx, KeyRota before, VouchingKey key) {
        return keys.add(tx, key)
                .chain(() -> keys.forget(tx, before.over()))
                .chain(() -> audit.record(
                        tx,
                        Caller.system(key.tenantId()),
                        "vouchingKey.add",
                        "VouchingKey",
                        key.kid(),
                        null,
                        Map.of("forgotten", before.over().size()),
                        null));
    }

    private VouchingKey fresh(UUID tenantId, KeyPair pair) {
        String secret = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
        return new VouchingKey(
                tenantId,
                Ids.next().toString(),
                Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
                box.seal(tenantId, VouchingKey.PRIVATE_KEY, secret),
                clock.now());
    }

    private KeyRota rota(List<VouchingKey> there) {
        return new KeyRota(there, clock.now(), config.keyLifespan());
    }
}
