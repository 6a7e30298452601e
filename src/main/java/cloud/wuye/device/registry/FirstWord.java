package cloud.wuye.device.registry;

import cloud.wuye.device.inbox.DeviceStateListener;
import cloud.wuye.device.inbox.StateChange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** A registered device is in service from the first time it is heard of. */
@ApplicationScoped
class FirstWord implements DeviceStateListener {
    private static final String ACTIVATE =
            "update device set lifecycle = 'ACTIVE' where id = any($1) and lifecycle = 'REGISTERED'";

    @Override
    public Uni<Void> changed(SqlConnection tx, List<StateChange> changes) {
        UUID[] heard = changes.stream()
                .filter(StateChange::cameOnline)
                .map(change -> change.device().id())
                .sorted()
                .toArray(UUID[]::new);
        return heard.length == 0
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(ACTIVATE).execute(Tuple.of(heard)).replaceWithVoid();
    }
}
