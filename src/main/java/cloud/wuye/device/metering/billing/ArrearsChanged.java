package cloud.wuye.device.metering.billing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.UUID;

/** Who wants to know that what points owe past its time may have changed: {@link Arrears} tells what it is now. */
public interface ArrearsChanged {
    /** Bills of these points have become overdue, in the transaction of that; of many companies at once. */
    Uni<Void> overdue(SqlConnection tx, Collection<UUID> tenantIds, Collection<UUID> pointIds);

    /** Bills of these points were paid, given up or not paid after all, in the transaction of that. */
    Uni<Void> settled(SqlConnection tx, UUID tenantId, Collection<UUID> pointIds);
}
