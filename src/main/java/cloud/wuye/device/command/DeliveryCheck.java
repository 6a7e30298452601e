package cloud.wuye.device.command;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Looks at a command once more, in the transaction that marks it as sent: what was right when it was queued may not be
 * right any more. Called before the command's row is locked, so whatever the check locks comes first.
 */
public interface DeliveryCheck {
    /** Whether this check has an opinion about such a command. */
    boolean concerns(DeviceCommand command);

    /** Why it must not be sent now, or null. The command is then superseded. */
    Uni<String> objection(SqlConnection tx, DeviceCommand command);
}
