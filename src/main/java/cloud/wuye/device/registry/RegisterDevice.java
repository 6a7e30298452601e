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
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** Takes a device into the registry and gives it a login, unless a gateway speaks for it. */
@ApplicationScoped
public class RegisterDevice {
    /** How often a device is heard of when nobody says otherwise, in seconds. */
    public static final int HEARTBEAT = 60;

    private final Db db;
    private final Audit audit;
    private final Clock clock;
    private final Spaces spaces;
    private final Credentials credentials;
    private final Outbox outbox;

    RegisterDevice(Db db, Audit audit, Clock clock, Spaces spaces, Credentials credentials, Outbox outbox) {
        this.db = db;
        this.audit = audit;
        this.clock = clock;
        this.spaces = spaces;
        this.credentials = credentials;
        this.outbox = outbox;
    }

    /** A device that was just registered; {@code credential} is null behind a gateway. */
    public record Registered(DeviceFacts device, IssuedCredential credential) {}

    /** Registers a device; joins the running unit of work, if there is one. */
    public Uni<Registered> register(DeviceInput input) {
        return db.write(() -> {
            Device device = device(input);
            return place(device, input.spaceId())
                    .chain(() -> gateway(input.gatewayId()))
                    .invoke(device::attachTo)
                    .chain(() -> input.heartbeatSeconds() != null && device.logsIn() ? desire(device) : nothing())
                    .chain(() -> device.<Device>persistAndFlush())
                    .onFailure(ConstraintViolationException.class)
                    .transform(e -> new Problem(ProblemCode.ALREADY_EXISTS, "serialNo", device.serialNo))
                    .chain(() -> device.logsIn()
                            ? credentials.issue(device)
                            : Uni.createFrom().nullItem())
                    .map(credential -> new Registered(DeviceFacts.of(device), credential))
                    .call(done -> audit.record("device.register", "Device", device.id, null, done.device(), null));
        });
    }

    /** Who says how often a new device shall be heard of says it to the device. */
    private Uni<Void> desire(Device device) {
        device.desiredVersion = 1;
        return outbox.put(
                DesiredConfiguration.KIND, device.uid, Ids.next().toString(), new DesiredConfiguration(device.id));
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }

    private Device device(DeviceInput input) {
        String serialNo = input.serialNo().trim();
        Device device = Device.register(Unit.required().tenantId(), input.kind(), serialNo, clock.now());
        device.name = input.name() == null || input.name().isBlank()
                ? serialNo
                : input.name().trim();
        device.model = input.model();
        device.heartbeatSeconds = input.heartbeatSeconds() == null ? HEARTBEAT : input.heartbeatSeconds();
        return device;
    }

    private Uni<Void> place(Device device, UUID space) {
        if (space == null) {
            return Uni.createFrom().voidItem();
        }
        return spaces.hold(space, "spaceId").invoke(() -> device.standIn(space));
    }

    /** The gateway's row, or null when none is asked for. */
    static Uni<Device> gateway(UUID id) {
        return id == null
                ? Uni.createFrom().nullItem()
                : Device.<Device>findById(id, jakarta.persistence.LockModeType.PESSIMISTIC_READ)
                        .onItem()
                        .ifNull()
                        .failWith(() -> new Problem(ProblemCode.NOT_FOUND, "gatewayId", id));
    }
}
