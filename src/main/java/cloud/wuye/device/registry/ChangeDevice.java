package cloud.wuye.device.registry;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.db.Unit;
import cloud.wuye.platform.outbox.Outbox;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.space.Spaces;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** Changes what the registry holds of a device, one act at a time. */
@ApplicationScoped
public class ChangeDevice {
    private final Db db;
    private final Audit audit;
    private final Clock clock;
    private final Spaces spaces;
    private final Credentials credentials;
    private final Outbox outbox;
    private final Event<DeviceChanged> news;

    ChangeDevice(
            Db db,
            Audit audit,
            Clock clock,
            Spaces spaces,
            Credentials credentials,
            Outbox outbox,
            Event<DeviceChanged> news) {
        this.db = db;
        this.audit = audit;
        this.clock = clock;
        this.spaces = spaces;
        this.credentials = credentials;
        this.outbox = outbox;
        this.news = news;
    }

    /** Edits the data sheet. */
    public Uni<DeviceFacts> edit(UUID id, int version, DeviceEditInput input) {
        return changing("device.edit", id, version, null, device -> {
            device.requireInUse();
            device.serialNo = input.serialNo() == null
                    ? device.serialNo
                    : input.serialNo().trim();
            device.name = input.name() == null ? device.name : input.name().trim();
            device.model = input.model() == null ? device.model : input.model();
            int heartbeat = input.heartbeatSeconds() == null ? device.heartbeatSeconds : input.heartbeatSeconds();
            if (!device.logsIn()) {
                device.heartbeatSeconds = heartbeat;
                return done();
            }
            return device.configure(heartbeat, device.reportSeconds) ? desire(device) : done();
        });
    }

    /** Says how the device shall be configured; the broker keeps it for the device, which reports what it has taken over. */
    public Uni<DeviceFacts> configure(UUID id, int version, DeviceConfigurationInput input, String reason) {
        return changing("device.configure", id, version, reason, device -> {
            device.requireInUse();
            if (!device.logsIn()) {
                throw new Problem(ProblemCode.DEVICE_BEHIND_GATEWAY, "id");
            }
            boolean news = device.configure(
                    input.heartbeatSeconds() == null ? device.heartbeatSeconds : input.heartbeatSeconds(),
                    input.reportSeconds() == null ? device.reportSeconds : input.reportSeconds());
            return news ? desire(device) : done();
        });
    }

    /** Puts the device into a space, or nowhere when that is null. */
    public Uni<DeviceFacts> assign(UUID id, int version, UUID spaceId) {
        return changing("device.assign", id, version, null, device -> (spaceId == null
                        ? done()
                        : spaces.hold(spaceId, "spaceId"))
                .invoke(() -> device.standIn(spaceId)));
    }

    /** Puts the device behind a gateway and takes its own login away; null takes it off, without a login at first. */
    public Uni<DeviceFacts> attach(UUID id, int version, UUID gatewayId) {
        return changing("device.attach", id, version, null, device -> RegisterDevice.gateway(gatewayId)
                .invoke(device::attachTo)
                .chain(() ->
                        device.logsIn() ? done() : credentials.revoke(device).chain(() -> endSession(device)))
                .chain(() -> kept(device)));
    }

    /** Lets a disabled device in again. */
    public Uni<DeviceFacts> enable(UUID id, int version, String reason) {
        return changing("device.enable", id, version, reason, device -> done().invoke(device::enable));
    }

    /** Shuts the device out until it is enabled; what it says meanwhile is parked. */
    public Uni<DeviceFacts> disable(UUID id, int version, String reason) {
        return changing("device.disable", id, version, reason, device -> endSession(device)
                .invoke(device::disable));
    }

    /** Ends the device's life; its login is gone, its history stays. A gateway must have lost its children first. */
    public Uni<DeviceFacts> retire(UUID id, int version, String reason) {
        return changing("device.retire", id, version, reason, device -> Device.count(
                        "gatewayId = ?1 and lifecycle <> ?2", id, DeviceLifecycle.RETIRED)
                .invoke(children -> {
                    if (children > 0) {
                        throw new Problem(ProblemCode.DEVICE_HAS_CHILDREN, "id", children);
                    }
                })
                .invoke(() -> device.retire(clock.now()))
                .chain(() -> credentials.revoke(device))
                .chain(() -> endSession(device))
                .chain(() -> kept(device)));
    }

    /** Gives the device a new secret; the old one is worth nothing from then on. */
    public Uni<IssuedCredential> rotate(UUID id, String reason) {
        return db.write(() -> locked(id).chain(device -> {
            device.requireInUse();
            if (!device.logsIn()) {
                throw new Problem(ProblemCode.DEVICE_BEHIND_GATEWAY, "id");
            }
            tell(device);
            return credentials
                    .issue(device)
                    .call(() -> endSession(device))
                    .call(() -> kept(device))
                    .call(() -> audit.record("device.rotateCredential", "Device", id, null, null, reason));
        }));
    }

    private Uni<DeviceFacts> changing(String act, UUID id, int version, String reason, Change change) {
        return db.write(() -> locked(id).chain(device -> {
            device.requireVersion(version);
            DeviceFacts before = DeviceFacts.of(device);
            tell(device);
            return change.to(device)
                    .chain(() -> device.<Device>persistAndFlush())
                    .onFailure(ConstraintViolationException.class)
                    .transform(e -> new Problem(ProblemCode.ALREADY_EXISTS, "serialNo", device.serialNo))
                    .map(DeviceFacts::of)
                    .call(after -> audit.record(act, "Device", id, before, after, reason));
        }));
    }

    /** Who may no longer be connected should not stay so. Through the outbox: the broker may be away just now. */
    private Uni<Void> endSession(Device device) {
        return outbox.put(SessionEnd.KIND, device.uid, Ids.next().toString(), new SessionEnd(device.uid));
    }

    /** What the broker keeps for the device may have to go, or is published anew for the one that takes its place. */
    private Uni<Void> kept(Device device) {
        return device.desiredVersion > 0 ? desire(device) : done();
    }

    private Uni<Void> desire(Device device) {
        return outbox.put(
                DesiredConfiguration.KIND, device.uid, Ids.next().toString(), new DesiredConfiguration(device.id));
    }

    private void tell(Device device) {
        DeviceChanged changed = new DeviceChanged(device.tenantId, device.id, device.uid);
        Unit.required().afterCommit(() -> news.fire(changed));
    }

    private static Uni<Device> locked(UUID id) {
        return Device.<Device>findById(id, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(() -> new Problem(ProblemCode.NOT_FOUND, "id", id));
    }

    private static Uni<Void> done() {
        return Uni.createFrom().voidItem();
    }

    /** What an act does to the device, once that is locked and of the expected version. */
    private interface Change {
        Uni<?> to(Device device);
    }
}
