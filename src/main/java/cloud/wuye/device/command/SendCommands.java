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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Use case: someone wants something of devices. */
@ApplicationScoped
public class SendCommands {
    private final NewCommands commands;
    private final Outbox outbox;
    private final Clock clock;
    private final Json json;

    SendCommands(NewCommands commands, Outbox outbox, Clock clock, Json json) {
        this.commands = commands;
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
        Map<Order, DeviceCommand> firsts = new HashMap<>();
        List<NewCommands.Wanted> wanted = new ArrayList<>(orders.size());
        for (Order order : orders) {
            Order whomever = order.toWhomever();
            DeviceCommand like = firsts.get(whomever);
            String args = like == null ? json.write(order.args()) : like.args();
            DeviceCommand command = order.queue(Ids.next(), tenantId, args, now);
            firsts.putIfAbsent(whomever, command);
            wanted.add(new NewCommands.Wanted(command, like == null ? command : like));
        }
        return commands.add(tx, wanted);
    }

    /** Lets the outbox look at once; for after the commit. */
    public void hurry() {
        outbox.nudge();
    }
}
