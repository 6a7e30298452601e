package cloud.wuye.device.command;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.json.Json;
import cloud.wuye.platform.outbox.Outbox;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Use case: someone wants something of devices. */
@ApplicationScoped
public class SendCommands {
    private final DeviceCommands commands;
    private final Dispatch dispatch;
    private final Outbox outbox;
    private final Clock clock;
    private final Json json;

    SendCommands(DeviceCommands commands, Dispatch dispatch, Outbox outbox, Clock clock, Json json) {
        this.commands = commands;
        this.dispatch = dispatch;
        this.outbox = outbox;
        this.clock = clock;
        this.json = json;
    }

    /**
     * Queues orders in the caller's transaction; those whose device is online are handed to the outbox with them. An
     * order whose lane is taken is dropped: the result holds only what was queued. Call {@link #hurry()} after the commit.
     */
    public Uni<List<DeviceCommand>> queue(SqlConnection tx, UUID tenantId, List<Order> orders) {
        if (orders.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Instant now = clock.now();
        List<DeviceCommand> wanted = new ArrayList<>(orders.size());
        for (Order order : orders) {
            wanted.add(order.queue(Ids.next(), tenantId, json.write(order.args()), now));
        }
        return commands.add(tx, wanted)
                .chain(added -> dispatch.handOver(tx, added, now).replaceWith(() -> {
                    Set<UUID> ids = new HashSet<>(added);
                    return wanted.stream()
                            .filter(command -> ids.contains(command.id()))
                            .toList();
                }));
    }

    /** Lets the outbox look at once; for after the commit. */
    public void hurry() {
        outbox.nudge();
    }
}
