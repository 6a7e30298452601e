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
import java.util.UUID;

/** Looks devices up in the registry, all of a batch at once. */
@ApplicationScoped
class Directory {
    private static final String FIND =
            """
            SELECT d.id, d.tenant_id, t.code, t.status, d.device_class, d.uid, d.gateway_id, d.lifecycle
            FROM device d JOIN tenant t ON t.id = d.tenant_id
            WHERE d.uid = ANY ($1)""";
    private static final String ACTIVATE =
            "UPDATE device SET lifecycle = 'ACTIVE' WHERE id = ANY ($1) AND lifecycle = 'REGISTERED'";

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

    /** Puts registered devices into service: they have been heard of. Others stay as they are. */
    Uni<Void> activate(SqlConnection tx, Set<UUID> devices) {
        return devices.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(ACTIVATE)
                        .execute(Tuple.of(devices.stream().sorted().toArray(UUID[]::new)))
                        .replaceWithVoid();
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

        /** Whether this would be the first that is heard of it. */
        boolean isNew() {
            return lifecycle.equals("REGISTERED");
        }

        /** Whether it may be listened to, or spoken for. */
        boolean maySpeak() {
            return refusal() == null;
        }

        /**
         * Refuses a device that exists but must not be listened to. A connection outlives the right to it: a broker asks
         * when a device logs in, and then perhaps not for a day.
         */
        void admit() throws Rejection {
            RejectReason refusal = refusal();
            if (refusal != null) {
                throw new Rejection(refusal, "company " + tenantStatus + ", device " + lifecycle);
            }
        }

        private RejectReason refusal() {
            if (tenantStatus.equals("SUSPENDED")) {
                return RejectReason.SUSPENDED_TENANT;
            }
            return switch (lifecycle) {
                case "RETIRED" -> RejectReason.RETIRED_DEVICE;
                case "DISABLED" -> RejectReason.DISABLED_DEVICE;
                default -> null;
            };
        }
    }
}
