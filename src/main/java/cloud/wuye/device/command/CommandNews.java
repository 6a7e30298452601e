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

    Uni<Void> tell(SqlConnection tx, Collection<DeviceCommand> changed) {
        Uni<Void> told = Uni.createFrom().voidItem();
        if (!changed.isEmpty()) {
            for (CommandListener listener : listeners) {
                told = told.chain(() -> listener.changed(tx, changed));
            }
        }
        return told;
    }
}
