package cloud.wuye.device.registry;

import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;

/** The GraphQL door to the device registry: what can be done. */
@GraphQLApi
public class DeviceChangeApi {
    private static final String VERSION = "The version that this is based on.";
    private static final String REASON = "Why, for the audit log.";

    private final RegisterDevice register;
    private final ChangeDevice change;
    private final Devices devices;

    DeviceChangeApi(RegisterDevice register, ChangeDevice change, Devices devices) {
        this.register = register;
        this.change = change;
        this.devices = devices;
    }

    @Mutation
    @NonNull
    @Description("Registers a device. The answer is the only place where its password is ever shown.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<RegisteredDeviceView> registerDevice(@Valid @NonNull @Description("The new device.") DeviceInput input) {
        return register.register(input).chain(done -> devices.one(done.device().id())
                .map(view -> new RegisteredDeviceView(view, done.credential())));
    }

    @Mutation
    @NonNull
    @Description("Edits the data sheet of a device.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<DeviceView> editDevice(
            @Id @NonNull @Description("The device.") UUID id,
            @Description(VERSION) int version,
            @Valid @NonNull @Description("What to change.") DeviceEditInput input) {
        return seen(change.edit(id, version, input));
    }

    @Mutation
    @NonNull
    @Description(
            "Says how a device shall be configured. The broker keeps it until the device has it; `configuration` tells "
                    + "whether the device has taken it over. DEVICE_BEHIND_GATEWAY for a device without a connection of its own.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<DeviceView> configureDevice(
            @Id @NonNull @Description("The device.") UUID id,
            @Description(VERSION) int version,
            @Valid @NonNull @Description("How it shall be.") DeviceConfigurationInput input,
            @Description(REASON) String reason) {
        return seen(change.configure(id, version, input, reason));
    }

    @Mutation
    @NonNull
    @Description("Puts a device into a space.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<DeviceView> assignDevice(
            @Id @NonNull @Description("The device.") UUID id,
            @Description(VERSION) int version,
            @Id @Description("Where it stands now; absent: nowhere.") UUID spaceId) {
        return seen(change.assign(id, version, spaceId));
    }

    @Mutation
    @NonNull
    @Description("Puts a device behind a gateway, which takes its own login away; or takes it off the gateway, after "
            + "which rotateDeviceCredential gives it a login.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<DeviceView> attachDevice(
            @Id @NonNull @Description("The device.") UUID id,
            @Description(VERSION) int version,
            @Id @Description("The gateway that speaks for it from now on; absent: none.") UUID gatewayId) {
        return seen(change.attach(id, version, gatewayId));
    }

    @Mutation
    @NonNull
    @Description("Lets a disabled device in again.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<DeviceView> enableDevice(
            @Id @NonNull @Description("The device.") UUID id,
            @Description(VERSION) int version,
            @Description(REASON) String reason) {
        return seen(change.enable(id, version, reason));
    }

    @Mutation
    @NonNull
    @Description("Shuts a device out: it may neither connect nor be given commands until it is enabled.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<DeviceView> disableDevice(
            @Id @NonNull @Description("The device.") UUID id,
            @Description(VERSION) int version,
            @Description(REASON) String reason) {
        return seen(change.disable(id, version, reason));
    }

    @Mutation
    @NonNull
    @Description("Ends a device's life for good. Its login is gone, its history stays.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<DeviceView> retireDevice(
            @Id @NonNull @Description("The device.") UUID id,
            @Description(VERSION) int version,
            @Description(REASON) String reason) {
        return seen(change.retire(id, version, reason));
    }

    @Mutation
    @NonNull
    @Description("Gives a device a new password, shown this once; the old one is refused from now on.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<IssuedCredential> rotateDeviceCredential(
            @Id @NonNull @Description("The device.") UUID id, @Description(REASON) String reason) {
        return change.rotate(id, reason);
    }

    /** Read after the commit: what the client sees includes what the device itself has said. */
    private Uni<DeviceView> seen(Uni<DeviceFacts> changed) {
        return changed.chain(facts -> devices.one(facts.id()));
    }
}
