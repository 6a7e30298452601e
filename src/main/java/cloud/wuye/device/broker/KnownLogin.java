package cloud.wuye.device.broker;

import cloud.wuye.device.registry.CredentialHash;
import cloud.wuye.device.registry.DeviceLifecycle;
import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;

/**
 * What the registry knows of a user name.
 *
 * @param hash null when the device has no login: behind a gateway, or retired
 */
record KnownLogin(UUID tenantId, String uid, String deviceClass, DeviceLifecycle lifecycle, CredentialHash hash) {
    /** Stands for a user name that no device has. */
    static final KnownLogin NOBODY = new KnownLogin(null, "", "", DeviceLifecycle.RETIRED, null);

    static KnownLogin of(Row row) {
        String hash = row.getString("hash");
        return new KnownLogin(
                row.getUUID("tenant_id"),
                row.getString("uid"),
                row.getString("device_class"),
                DeviceLifecycle.valueOf(row.getString("lifecycle")),
                hash == null ? null : new CredentialHash(hash));
    }

    /** Whether the device may connect at all, whatever its password. */
    boolean mayConnect() {
        return hash != null && (lifecycle == DeviceLifecycle.REGISTERED || lifecycle == DeviceLifecycle.ACTIVE);
    }
}
