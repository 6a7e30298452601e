package cloud.wuye.identity.resident;

import cloud.wuye.platform.db.Db;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A company's residents for features below. */
@ApplicationScoped
public class Residents {
    private final Db db;

    Residents(Db db) {
        this.db = db;
    }

    /** Those with these ids as staff see them, for batched fields; unknown ids are left out. */
    public Uni<Map<UUID, ResidentView>> byIds(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return db.readSql(tx -> new Directory(tx).byIds(ids)).map(found -> {
            Map<UUID, ResidentView> views = new HashMap<>();
            found.forEach((id, resident) -> views.put(id, ResidentView.of(resident)));
            return views;
        });
    }

    /** Those with these ids, inside a unit; unknown ids are left out. */
    public Uni<Map<UUID, Resident>> byIds(SqlConnection tx, Collection<UUID> ids) {
        return new Directory(tx).byIds(ids);
    }

    /** A resident, locked until the unit ends, so that what hangs on them changes one act at a time; NOT_FOUND otherwise. */
    public Uni<Resident> lock(SqlConnection tx, UUID id, String field) {
        return new Directory(tx).locked(id, field);
    }
}
