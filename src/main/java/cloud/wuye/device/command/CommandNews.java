package cloud.wuye.device.command;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.live.Live;
import cloud.wuye.platform.security.Caller;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells what became of commands: listeners at once, those who watch after the commit. */
@ApplicationScoped
public class CommandNews {
    /** Topic of {@code platform.live}; the subjects are commands whose state changed. */
    public static final String TOPIC = "device.command";

    private final List<CommandListener> listeners;
    private final Live live;
    private final Audit audit;

    CommandNews(@All List<CommandListener> listeners, Live live, Audit audit) {
        this.listeners = listeners;
        this.live = live;
        this.audit = audit;
    }

    /** Passes on those of the commands that have moved. */
    Uni<Void> tell(SqlConnection tx, Collection<DeviceCommand> commands) {
        List<DeviceCommand> moved =
                commands.stream().filter(DeviceCommand::moved).toList();
        Uni<Void> told = Uni.createFrom().voidItem();
        if (!moved.isEmpty()) {
            for (CommandListener listener : listeners) {
                told = told.chain(() -> listener.changed(tx, moved));
            }
        }
        Map<UUID, List<UUID>> byTenant = moved.stream()
                .collect(Collectors.groupingBy(
                        DeviceCommand::tenantId, Collectors.mapping(DeviceCommand::id, Collectors.toList())));
        return told.chain(() -> live.changed(tx, TOPIC, byTenant));
    }

    /** Says aloud which of the commands a person had settled otherwise than their devices now say. */
    Uni<Void> contradictions(SqlConnection tx, Collection<DeviceCommand> commands) {
        List<DeviceCommand> doubted =
                commands.stream().filter(DeviceCommand::contradicted).toList();
        Uni<Void> told = Uni.createFrom().voidItem();
        if (!doubted.isEmpty()) {
            for (CommandListener listener : listeners) {
                told = told.chain(() -> listener.contradicted(tx, doubted));
            }
        }
        for (DeviceCommand command : doubted) {
            told = told.chain(() -> audit.record(
                            tx,
                            Caller.system(command.tenantId()),
                            "command.contradicted",
                            "DeviceCommand",
                            command.id(),
                            Map.of("state", command.state(), "code", command.code()),
                            null,
                            "settled by hand, but the device says otherwise"))
                    .chain(() -> live.changed(tx, command.tenantId(), TOPIC, List.of(command.id())));
        }
        return told;
    }
}
