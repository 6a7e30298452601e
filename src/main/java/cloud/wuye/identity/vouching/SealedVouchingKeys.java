package cloud.wuye.identity.vouching;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.secret.SealedSecrets;
import cloud.wuye.platform.secret.SecretBox;
import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.stream.Collectors;

/** The secret halves of the keys with which people are vouched for. */
@ApplicationScoped
class SealedVouchingKeys implements SealedSecrets {
    private final VouchingKeys keys;
    private final SecretBox box;
    private final Audit audit;

    SealedVouchingKeys(VouchingKeys keys, SecretBox box, Audit audit) {
        this.keys = keys;
        this.box = box;
        this.audit = audit;
    }

    @Override
    public String owners() {
        return "vouching keys";
    }

    @Override
    public String table() {
        return "vouching_key";
    }

    @Override
    public Uni<Integer> sealAnew(SqlConnection tx) {
        return keys.locked(tx)
                .onItem()
                .transformToMulti(all -> Multi.createFrom().iterable(all))
                .filter(key -> !box.isCurrent(key.privateKey()))
                .onItem()
                .transformToUniAndConcatenate(key -> anew(tx, key))
                .collect()
                .with(Collectors.summingInt(one -> one));
    }

    private Uni<Integer> anew(SqlConnection tx, VouchingKey key) {
        String secret = box.open(key.tenantId(), VouchingKey.PRIVATE_KEY, key.privateKey());
        return keys.seal(tx, key.kid(), box.seal(key.tenantId(), VouchingKey.PRIVATE_KEY, secret))
                .chain(() -> audit.record(
                        tx,
                        Caller.system(key.tenantId()),
                        "vouchingKey.rewrap",
                        "VouchingKey",
                        key.kid(),
                        null,
                        Map.of("keyId", box.currentKeyId()),
                        null))
                .replaceWith(1);
    }
}
