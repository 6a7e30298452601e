package cloud.wuye.device.command;

import cloud.wuye.device.contract.CommandAck;
import cloud.wuye.device.inbox.Received;
import cloud.wuye.device.inbox.TelemetryHandler;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Takes in what devices say about their commands. An answer from another device than the command's is refused. */
@ApplicationScoped
class CommandAcks implements TelemetryHandler<CommandAck> {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final DeviceCommands commands;
    private final Verdicts verdicts;
    private final CommandNews news;
    private final Clock clock;

    CommandAcks(DeviceCommands commands, Verdicts verdicts, CommandNews news, Clock clock) {
        this.commands = commands;
        this.verdicts = verdicts;
        this.news = news;
        this.clock = clock;
    }

    @Override
    public Class<CommandAck> handles() {
        return CommandAck.class;
    }

    @Override
    public Uni<List<Refusal>> store(SqlConnection tx, List<Received<CommandAck>> batch) {
        List<UUID> ids = batch.stream()
                .map(ack -> ack.payload().commandId())
                .filter(CommandAcks::isOurs)
                .map(UUID::fromString)
                .distinct()
                .toList();
        return commands.lockedWithDoubts(tx, ids).flatMap(found -> {
            Map<UUID, DeviceCommand> byId = new LinkedHashMap<>();
            found.forEach(command -> byId.put(command.id(), command));
            List<Refusal> refused = new ArrayList<>();
            List<DeviceCommand> heard = new ArrayList<>();
            Instant now = clock.now();
            for (Received<CommandAck> ack : batch) {
                DeviceCommand command = commandOf(ack, byId);
                if (command == null) {
                    refused.add(new Refusal(ack, "no such command of this device"));
                } else {
                    hear(command, ack.payload(), now, byId);
                    heard.add(command);
                }
            }
            List<DeviceCommand> changed = List.copyOf(byId.values());
            return heard.isEmpty()
                    ? Uni.createFrom().item(refused)
                    : commands.save(tx, changed)
                            .chain(() -> news.tell(tx, changed))
                            .chain(() -> news.contradictions(tx, changed))
                            .replaceWith(refused);
        });
    }

    private static DeviceCommand commandOf(Received<CommandAck> ack, Map<UUID, DeviceCommand> byId) {
        String id = ack.payload().commandId();
        DeviceCommand command = isOurs(id) ? byId.get(UUID.fromString(id)) : null;
        boolean itsOwn = command != null
                && command.deviceId().equals(ack.device().id())
                && command.tenantId().equals(ack.device().tenantId());
        return itsOwn ? command : null;
    }

    private void hear(DeviceCommand command, CommandAck ack, Instant now, Map<UUID, DeviceCommand> byId) {
        String result = ack.result() == null ? null : ack.result().toString();
        command.answeredIn(ack.stateVersion());
        boolean news =
                switch (ack.stage()) {
                    case ACCEPTED -> command.accepted(now);
                    case EXECUTED -> command.succeeded(now, result);
                    case FAILED, REJECTED -> command.failed(now, ack.code(), ack.detail(), result);
                    case EXPIRED -> command.tooLate(now, ack.code(), ack.detail());
                };
        DeviceCommand doubted = command.correlationId() == null ? null : byId.get(command.correlationId());
        if (news && doubted != null && command.state() == CommandState.SUCCEEDED) {
            verdicts.settle(doubted, ack.result(), now);
        }
    }

    private static boolean isOurs(String id) {
        return ID.matcher(id).matches();
    }
}
