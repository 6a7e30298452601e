package cloud.wuye.device.command;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Looks at commands once more, in the transaction that marks them as sent: what was right when they were queued may not be
 * right any more. The commands' rows are locked before it is asked; whatever it locks itself, it locks in the order of devices.
 */
public interface DeliveryCheck {
    /** Whether this check has an opinion about such a command. */
    boolean concerns(DeviceCommand command);

    /** Which of these commands of one company must not be sent now, by id, and why. They are then superseded. */
    Uni<Map<UUID, String>> objections(SqlConnection tx, Collection<DeviceCommand> commands);
}
