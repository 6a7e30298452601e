package cloud.wuye.device.registry;

import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.space.SpaceView;
import cloud.wuye.space.Spaces;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** The GraphQL door to the device registry: what can be asked. */
@GraphQLApi
public class DeviceApi {
    private static final Page<DeviceView> EMPTY = new Page<>(List.of(), List.of(), false, false);

    private final Devices devices;
    private final Spaces spaces;

    DeviceApi(Devices devices, Spaces spaces) {
        this.devices = devices;
        this.spaces = spaces;
    }

    @Query
    @Description("A device by its id; null when there is none.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<DeviceView> device(@Id @NonNull @Description("The device.") UUID id) {
        return devices.one(id);
    }

    @Query
    @NonNull
    @Description("A page of the company's devices.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<DeviceConnection> devices(
            @Description("Which devices.") DeviceFilterInput filter,
            @DefaultValue("SERIAL_NO") @Description("What to order by.") DeviceSort sort,
            @DefaultValue("ASC") @Description("Which way.") SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return devices.page(
                        filter == null ? DeviceFilterInput.NONE : filter,
                        sort == null ? DeviceSort.SERIAL_NO : sort,
                        direction,
                        PageInput.of(first, after))
                .map(DeviceConnection::new);
    }

    @Description("Where the device stands; absent while it is nowhere.")
    public Uni<List<SpaceView>> space(@Source List<DeviceView> views) {
        return spaces.byIds(present(views, DeviceView::spaceId)).map(found -> views.stream()
                .map(view -> view.spaceId() == null ? null : found.get(view.spaceId()))
                .toList());
    }

    @Description("The gateway that speaks for the device; absent when it speaks itself.")
    public Uni<List<DeviceView>> gateway(@Source List<DeviceView> views) {
        return devices.byIds(present(views, DeviceView::gatewayId)).map(found -> views.stream()
                .map(view -> view.gatewayId() == null ? null : found.get(view.gatewayId()))
                .toList());
    }

    @Description("The devices behind this gateway by serial number, retired ones left out; the first 200. Use "
            + "`devices(filter: {gatewayId})` to page through more.")
    public Uni<List<List<DeviceView>>> children(@Source List<DeviceView> views) {
        return devices.children(present(views, DeviceView::id)).map(found -> views.stream()
                .map(view -> found.getOrDefault(view.id(), List.of()))
                .toList());
    }

    @Name("devices")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("The devices that stand right in this space by serial number, retired ones left out. For those below "
            + "as well use `devices(filter: {within})`.")
    public Uni<List<DeviceConnection>> devicesInSpace(
            @Source List<SpaceView> views,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return devices.inSpaces(views.stream().map(SpaceView::id).toList(), PageInput.of(first, after))
                .map(found -> views.stream()
                        .map(view -> new DeviceConnection(found.getOrDefault(view.id(), EMPTY)))
                        .toList());
    }

    private static List<UUID> present(List<DeviceView> views, Function<DeviceView, UUID> id) {
        return views.stream().map(id).filter(Objects::nonNull).toList();
    }
}
