package cloud.wuye.device.inbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/**
 * Hears what changed at devices, in the transaction that stores it. For what must not be missed (reconciling a switch);
 * must be quick, must not call the outside world, and a failure rolls the batch back.
 */
public interface DeviceStateListener {
    /** Called once a batch with every device of which something changed, and only then. */
    Uni<Void> changed(SqlConnection tx, List<StateChange> changes);
}
