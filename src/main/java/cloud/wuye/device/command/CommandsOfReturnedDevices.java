package cloud.wuye.device.command;

import cloud.wuye.device.inbox.DeviceStateListener;
import cloud.wuye.device.inbox.StateChange;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Hands what waited for a device to the outbox as it comes back. */
@ApplicationScoped
class CommandsOfReturnedDevices implements DeviceStateListener {
    private final Dispatch dispatch;
    private final Clock clock;

    CommandsOfReturnedDevices(Dispatch dispatch, Clock clock) {
        this.dispatch = dispatch;
        this.clock = clock;
    }

    @Override
    public Uni<Void> changed(SqlConnection tx, List<StateChange> changes) {
        List<UUID> back = changes.stream()
                .filter(StateChange::cameOnline)
                .map(change -> change.device().id())
                .toList();
        return dispatch.handOverTo(tx, back, clock.now()).replaceWithVoid();
    }
}
