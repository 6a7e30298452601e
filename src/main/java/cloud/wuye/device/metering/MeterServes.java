package cloud.wuye.device.metering;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.UUID;

/** Who wants to know that a service point is served by another meter from now on, or by none. */
public interface MeterServes {
    /**
     * A meter was put in at a point, in the transaction of that; what is kept about the point names it already.
     *
     * @param before the meters that served the point before and serve no longer, in the order of their ids
     */
    Uni<Void> served(SqlConnection tx, UUID tenantId, UUID pointId, UUID deviceId, Collection<UUID> before);

    /** A meter was taken out of a point and none put in, in the transaction of that; what is kept about the point names it still. */
    Uni<Void> left(SqlConnection tx, UUID tenantId, UUID pointId, UUID deviceId);
}
