package cloud.wuye.device.command;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Use case: does what is due for commands whose deadline has passed, and hands over whatever waits for nobody. */
@ApplicationScoped
public class CommandDeadlines {
    private final Db db;
    private final DeviceCommands commands;
    private final SendCommands send;
    private final Dispatch dispatch;
    private final CommandNews news;
    private final CommandMetrics metrics;
    private final Clock clock;

    CommandDeadlines(
            Db db,
            DeviceCommands commands,
            SendCommands send,
            Dispatch dispatch,
            CommandNews news,
            CommandMetrics metrics,
            Clock clock) {
        this.db = db;
        this.commands = commands;
        this.send = send;
        this.dispatch = dispatch;
        this.news = news;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Everything that is due now; tells how many commands that were. */
    public Uni<Integer> sweep() {
        return Batches.untilDry(() -> db.acrossTenants("command deadlines", this::batch))
                .flatMap(swept -> Batches.untilDry(() -> db.acrossTenants(
                                "command hand-over", tx -> dispatch.handOverAny(tx, Batches.SIZE, clock.now())))
                        .map(handed -> swept + handed))
                .call(() -> db.acrossTenants("command metrics", metrics::count))
                .invoke(count -> {
                    if (count > 0) {
                        send.hurry();
                    }
                });
    }

    private Uni<Integer> batch(SqlConnection tx) {
        Instant now = clock.now();
        return commands.due(tx, now, Batches.SIZE).flatMap(due -> {
            List<DeviceCommand> inDoubt = new ArrayList<>();
            for (DeviceCommand command : due) {
                command.overdue(now);
                if (command.state() == CommandState.OUTCOME_UNKNOWN && command.deadline != null) {
                    command.readBackIssued(now);
                    inDoubt.add(command);
                }
            }
            List<UUID> again = due.stream()
                    .filter(command -> command.state() == CommandState.QUEUED)
                    .map(DeviceCommand::id)
                    .toList();
            return commands.save(tx, due)
                    .chain(() -> dispatch.handOver(tx, again, now))
                    .chain(() -> readBack(tx, inDoubt))
                    .chain(() -> news.tell(tx, due))
                    .replaceWith(due.size());
        });
    }

    /** Asks the devices how it came out; the answer settles the command ({@link CommandAcks}). */
    private Uni<Void> readBack(SqlConnection tx, List<DeviceCommand> inDoubt) {
        Map<UUID, List<DeviceCommand>> byTenant =
                inDoubt.stream().collect(Collectors.groupingBy(DeviceCommand::tenantId));
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Map.Entry<UUID, List<DeviceCommand>> tenant : byTenant.entrySet()) {
            List<Order> orders = tenant.getValue().stream()
                    .map(command -> Order.bySystem(
                            tenant.getKey(),
                            command.deviceId(),
                            // One open question per command in doubt, however long its device stays away.
                            CommandOp.absolute(command.readBack).inLane(RepeatCommand.QUESTIONS + command.id()),
                            Map.of(),
                            command.id()))
                    .toList();
            all = all.chain(() -> send.queue(tx, tenant.getKey(), orders)).replaceWithVoid();
        }
        return all;
    }
}
