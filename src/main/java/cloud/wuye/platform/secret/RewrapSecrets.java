package cloud.wuye.platform.secret;

import cloud.wuye.platform.db.Db;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * After the platform's key has been changed: seals every company's secrets anew with the key of now, so that the old one may
 * go. Runs at every start of the service and says what it did; the job that migrates leaves it to the replicas. One unit per company, each may be repeated; what is sealed with the key of
 * now already is left as it is.
 */
@ApplicationScoped
public class RewrapSecrets {
    private static final Logger LOG = Logger.getLogger(RewrapSecrets.class);

    private final Db db;
    private final SecretBox box;
    private final List<SealedSecrets> kinds;

    public RewrapSecrets(Db db, SecretBox box, @All List<SealedSecrets> kinds) {
        this.db = db;
        this.box = box;
        this.kinds = kinds;
    }

    void atStart(@Observes StartupEvent event, SecretConfig config) {
        if (config.sealAnewAtStart() && box.hasKey()) {
            kinds.forEach(this::begin);
        }
    }

    private void begin(SealedSecrets kind) {
        all(kind)
                .subscribe()
                .with(
                        count -> {
                            if (count > 0) {
                                LOG.infof(
                                        "secrets of %d %s sealed anew with key %s",
                                        count, kind.owners(), box.currentKeyId());
                            }
                        },
                        failure -> LOG.errorf(
                                failure,
                                "secrets of %s were not sealed anew; the next start tries again",
                                kind.owners()));
    }

    /** How many owners' secrets were sealed anew. */
    public Uni<Integer> all(SealedSecrets kind) {
        return companies(kind.table())
                .onItem()
                .transformToMulti(ids -> Multi.createFrom().iterable(ids))
                .onItem()
                .transformToUniAndConcatenate(company -> db.forTenantSql(company, kind::sealAnew))
                .collect()
                .with(Collectors.summingInt(count -> count));
    }

    private Uni<List<UUID>> companies(String table) {
        return db.acrossTenants("secrets are wrapped anew", connection -> connection
                .query("SELECT DISTINCT tenant_id FROM " + table + " ORDER BY 1")
                .execute()
                .map(rows -> {
                    List<UUID> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getUUID(0)));
                    return ids;
                }));
    }
}
