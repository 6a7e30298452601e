package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.DeviceClass;
import cloud.wuye.device.contract.RejectReason;
import cloud.wuye.device.contract.Rejection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Looks devices up in the registry, all of a batch at once. */
@ApplicationScoped
class Directory {
    private static final String FIND =
            """
            SELECT d.id, d.tenant_id, t.code, t.status, d.device_class, d.uid, d.gateway_id, d.lifecycle
            FROM device d JOIN tenant t ON t.id = d.tenant_id
            WHERE d.uid = ANY ($1)""";

    /** What the registry knows of these uids. */
    Uni<Map<String, Listed>> find(SqlConnection tx, Set<String> uids) {
        if (uids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.preparedQuery(FIND)
                .execute(Tuple.of(uids.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Listed> found = new HashMap<>(rows.size() * 2);
                    rows.forEach(row -> found.put(row.getString(5), Listed.of(row)));
                    return found;
                });
    }

    /**
     * A device and whether it may speak.
     *
     * @param lifecycle the registry's word
     * @param tenantStatus the company's
     */
    record Listed(KnownDevice device, String lifecycle, String tenantStatus) {
        static Listed of(Row row) {
            return new Listed(
                    new KnownDevice(
                            row.getUUID(0),
                            row.getUUID(1),
                            row.getString(2),
                            DeviceClass.of(row.getString(4)),
                            row.getString(5),
                            row.getUUID(6)),
                    row.getString(7),
                    row.getString(3));
        }

        /** Refuses a device that exists but must not be listened to. */
        void admit() throws Rejection {
            if (tenantStatus.equals("SUSPENDED")) {
                throw new Rejection(RejectReason.SUSPENDED_TENANT, "the company is suspended");
            }
            if (lifecycle.equals("RETIRED")) {
                throw new Rejection(RejectReason.RETIRED_DEVICE, "the device is retired");
            }
        }
    }
}
