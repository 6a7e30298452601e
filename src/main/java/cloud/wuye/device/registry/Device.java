package cloud.wuye.device.registry;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A device of the registry. */
@Entity
class Device extends PanacheEntityBase {
    @Id
    UUID id;

    @Column(name = "tenant_id", updatable = false)
    UUID tenantId;

    @Column(updatable = false)
    String uid;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    DeviceKind kind;

    @Column(name = "device_class", updatable = false)
    String deviceClass;

    String model;

    @Column(name = "serial_no")
    String serialNo;

    String name;

    @Column(name = "space_id")
    UUID spaceId;

    @Column(name = "gateway_id")
    UUID gatewayId;

    @Enumerated(EnumType.STRING)
    DeviceLifecycle lifecycle;

    @Column(name = "heartbeat_seconds")
    int heartbeatSeconds;

    /** Seconds between two readings; null leaves it to the device. */
    @Column(name = "report_seconds")
    Integer reportSeconds;

    /** Grows with every change of what the device shall be configured like; 0 while nobody ever said. */
    @Column(name = "desired_version")
    int desiredVersion;

    @Version
    int version;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    @Column(name = "retired_at")
    Instant retiredAt;

    /** A new device with a name on the wire of its own. */
    static Device register(UUID tenantId, DeviceKind kind, String serialNo, Instant now) {
        Device device = new Device();
        device.id = Ids.next();
        device.tenantId = tenantId;
        device.uid = Uids.next();
        device.kind = kind;
        device.deviceClass = kind.deviceClass().word();
        device.serialNo = serialNo;
        device.lifecycle = DeviceLifecycle.REGISTERED;
        device.createdAt = now;
        return device;
    }

    /** Puts the device behind a gateway, which speaks for it from now on; null takes it off. */
    void attachTo(Device gateway) {
        requireInUse();
        if (gateway != null && (gateway.kind != DeviceKind.GATEWAY || kind == DeviceKind.GATEWAY)) {
            throw new Problem(ProblemCode.DEVICE_NOT_A_GATEWAY, "gatewayId");
        }
        if (gateway != null) {
            gateway.requireInUse();
        }
        gatewayId = gateway == null ? null : gateway.id;
    }

    void standIn(UUID space) {
        requireInUse();
        spaceId = space;
    }

    /** Sets how often it shall be heard of and how often it shall read; true when that was otherwise before. */
    boolean configure(int heartbeat, Integer report) {
        boolean news = heartbeat != heartbeatSeconds || !java.util.Objects.equals(report, reportSeconds);
        heartbeatSeconds = heartbeat;
        reportSeconds = report;
        if (news) {
            desiredVersion++;
        }
        return news;
    }

    void enable() {
        lifecycle = lifecycle.enabled();
    }

    void disable() {
        lifecycle = lifecycle.disabled();
    }

    void retire(Instant now) {
        lifecycle = lifecycle.retired();
        retiredAt = now;
    }

    /** A child of a gateway never logs in. */
    boolean logsIn() {
        return gatewayId == null;
    }

    /** Refuses to change a retired device. */
    void requireInUse() {
        if (lifecycle == DeviceLifecycle.RETIRED) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, "id", lifecycle);
        }
    }

    /** Refuses an edit that was based on an older state. */
    void requireVersion(int expected) {
        if (version != expected) {
            throw new Problem(ProblemCode.STALE, "version");
        }
    }
}
