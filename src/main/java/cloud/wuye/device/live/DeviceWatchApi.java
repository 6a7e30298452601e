package cloud.wuye.device.live;

import cloud.wuye.device.command.CommandNews;
import cloud.wuye.device.command.CommandQueries;
import cloud.wuye.device.inbox.DeviceNews;
import cloud.wuye.device.registry.Devices;
import cloud.wuye.device.supply.SupplyNews;
import cloud.wuye.device.supply.SupplyQueries;
import cloud.wuye.platform.live.Subscriptions;
import cloud.wuye.platform.security.Roles;
import io.smallrye.graphql.api.Subscription;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;

/** The GraphQL door to what changes at devices. */
@GraphQLApi
public class DeviceWatchApi {
    private final Subscriptions subscriptions;
    private final Devices devices;
    private final SupplyQueries supplies;
    private final CommandQueries commands;

    DeviceWatchApi(Subscriptions subscriptions, Devices devices, SupplyQueries supplies, CommandQueries commands) {
        this.subscriptions = subscriptions;
        this.devices = devices;
        this.supplies = supplies;
        this.commands = commands;
    }

    @Subscription
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description(
            "Each device at once, and again whenever its connection, its switch, what holds it off or its readings "
                    + "change. Changes that come faster than they are taken are shown as one. Other companies' devices are silent.")
    public Multi<DeviceUpdateView> deviceUpdates(
            @NonNull @Description("The devices, 200 at most.") List<@NonNull UUID> ids) {
        return subscriptions.of(Set.of(DeviceNews.STATE, DeviceNews.READING, SupplyNews.TOPIC), ids, this::devicesNow);
    }

    @Subscription
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Each command at once, and again whenever its state changes.")
    public Multi<CommandUpdateView> deviceCommandUpdates(
            @NonNull @Description("The commands, 200 at most.") List<@NonNull UUID> ids) {
        return subscriptions.of(Set.of(CommandNews.TOPIC), ids, changed -> commands.byIds(changed)
                .map(found -> shown(found, CommandUpdateView::of)));
    }

    private Uni<Map<UUID, DeviceUpdateView>> devicesNow(Collection<UUID> changed) {
        return devices.byIds(changed).chain(found -> supplies.of(changed)
                .map(supply -> shown(found, device -> DeviceUpdateView.of(device, supply.get(device.id())))));
    }

    private static <V, R> Map<UUID, R> shown(Map<UUID, V> found, Function<V, R> show) {
        Map<UUID, R> shown = new LinkedHashMap<>();
        found.forEach((id, value) -> shown.put(id, show.apply(value)));
        return shown;
    }
}
