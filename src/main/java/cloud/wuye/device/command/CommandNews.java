package cloud.wuye.device.command;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** Tells the listeners what became of commands. */
@ApplicationScoped
class CommandNews {
    private final List<CommandListener> listeners;

    CommandNews(@All List<CommandListener> listeners) {
        this.listeners = listeners;
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
        return told;
    }
}
