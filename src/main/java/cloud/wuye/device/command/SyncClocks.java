package cloud.wuye.device.command;

import cloud.wuye.device.inbox.DeviceStateListener;
import cloud.wuye.device.inbox.StateChange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells devices whose clocks are not to be believed to set them, as often as the inbox finds it due. */
@ApplicationScoped
class SyncClocks implements DeviceStateListener {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final SendCommands send;

    SyncClocks(SendCommands send) {
        this.send = send;
    }

    @Override
    public Uni<Void> changed(SqlConnection tx, List<StateChange> changes) {
        Map<UUID, List<Order>> byTenant = changes.stream()
                .filter(StateChange::adrift)
                .map(StateChange::device)
                .collect(Collectors.groupingBy(
                        device -> device.tenantId(),
                        TreeMap::new,
                        Collectors.mapping(
                                device -> Order.bySystem(
                                                device.tenantId(), device.id(), CommandOp.SYNC_CLOCK, Map.of(), null)
                                        .waiting(PATIENCE),
                                Collectors.toList())));
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Map.Entry<UUID, List<Order>> tenant : byTenant.entrySet()) {
            all = all.chain(() -> send.queue(tx, tenant.getKey(), tenant.getValue()))
                    .replaceWithVoid();
        }
        return all;
    }
}
