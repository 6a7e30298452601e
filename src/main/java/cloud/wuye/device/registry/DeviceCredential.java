package cloud.wuye.device.registry;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The one login of a device; a new secret takes the place of the old one at once. */
@Entity
@Table(name = "device_credential")
class DeviceCredential extends PanacheEntityBase {
    @Id
    @Column(name = "device_id")
    UUID deviceId;

    @Column(name = "tenant_id", updatable = false)
    UUID tenantId;

    String hash;

    @Column(name = "issued_at")
    Instant issuedAt;
}
