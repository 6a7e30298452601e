package cloud.wuye.device.supply;

import cloud.wuye.device.command.DevicesAtHand;
import cloud.wuye.device.registry.DeviceView;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** The GraphQL door to switching. */
@GraphQLApi
public class SupplyApi {
    private static final String DEVICES = "The devices, at most 1000; those without a switch are passed over.";
    private static final String WHY = "Why; stands in the on/off log and the audit log.";

    private final SupplyQueries queries;
    private final HoldByHand byHand;

    SupplyApi(SupplyQueries queries, HoldByHand byHand) {
        this.queries = queries;
        this.byHand = byHand;
    }

    @Query("supplies")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("How the switches of these devices stand; devices without one, or of others, are left out.")
    public Uni<List<@NonNull SupplyView>> supplies(
            @NonNull @Description("The devices, at most 1000.") List<@NonNull UUID> deviceIds) {
        List<UUID> devices = DevicesAtHand.checked(deviceIds);
        return queries.of(devices).map(found -> devices.stream()
                .map(found::get)
                .filter(Objects::nonNull)
                .toList());
    }

    @Name("supply")
    @Description("How its switch stands, and why; absent when it has none.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<List<SupplyView>> supply(@Source List<DeviceView> devices) {
        return queries.of(devices.stream().map(DeviceView::id).toList())
                .map(found ->
                        devices.stream().map(device -> found.get(device.id())).toList());
    }

    @Query("switchEvents")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("A page of the on/off log of the company's devices.")
    public Uni<SwitchEventConnection> switchEvents(
            @Description("Which entries.") SwitchEventFilterInput filter,
            @DefaultValue("AT") @Description("What to order by.") SwitchEventSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.events(
                        filter == null ? SwitchEventFilterInput.NONE : filter,
                        ListSort.order(sort, SwitchEventSort.AT, direction),
                        PageInput.of(first, after))
                .map(SwitchEventConnection::new);
    }

    @Mutation("forceOff")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Forces devices off, by a MANUAL hold: at once where they are online, else when they return. "
            + "Repeating it changes nothing.")
    public Uni<List<@NonNull SupplyView>> forceOff(
            @NonNull @Description(DEVICES) List<@NonNull UUID> deviceIds, @NonNull @Description(WHY) String reason) {
        return byHand.open(DevicesAtHand.checked(deviceIds), HoldReason.MANUAL, reason);
    }

    @Mutation("releaseForceOff")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Releases what forceOff holds. A device goes on only if nothing else holds it off.")
    public Uni<List<@NonNull SupplyView>> releaseForceOff(
            @NonNull @Description(DEVICES) List<@NonNull UUID> deviceIds, @NonNull @Description(WHY) String reason) {
        return byHand.release(DevicesAtHand.checked(deviceIds), HoldReason.MANUAL, reason);
    }

    @Mutation("lockOutForSafety")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Locks devices out for safety. No payment and no timetable switches them on again, only a person.")
    public Uni<List<@NonNull SupplyView>> lockOutForSafety(
            @NonNull @Description(DEVICES) List<@NonNull UUID> deviceIds, @NonNull @Description(WHY) String reason) {
        return byHand.open(DevicesAtHand.checked(deviceIds), HoldReason.SAFETY, reason);
    }

    @Mutation("releaseSafetyLockOut")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Says that it is safe again. A device goes on only if nothing else holds it off.")
    public Uni<List<@NonNull SupplyView>> releaseSafetyLockOut(
            @NonNull @Description(DEVICES) List<@NonNull UUID> deviceIds, @NonNull @Description(WHY) String reason) {
        return byHand.release(DevicesAtHand.checked(deviceIds), HoldReason.SAFETY, reason);
    }
}
