package cloud.wuye.device.command;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Collection;

/** Hears how commands stand, in the transaction that moves them. Must be quick and must not call the outside world. */
public interface CommandListener {
    /** These commands stand in another state than before; never empty. */
    Uni<Void> changed(SqlConnection tx, Collection<DeviceCommand> commands);

    /** A person had settled these, and their devices now say otherwise; their state stays. */
    default Uni<Void> contradicted(SqlConnection tx, Collection<DeviceCommand> commands) {
        return Uni.createFrom().voidItem();
    }
}
