package cloud.wuye.device.command;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** The GraphQL door to commands. */
@GraphQLApi
public class CommandApi {
    private final CommandQueries queries;
    private final CancelCommand cancel;
    private final SettleCommand settle;

    CommandApi(CommandQueries queries, CancelCommand cancel, SettleCommand settle) {
        this.queries = queries;
        this.cancel = cancel;
        this.settle = settle;
    }

    @Query("deviceCommands")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("A page of the commands to the company's devices.")
    public Uni<CommandConnection> commands(
            @Description("Which commands.") CommandFilterInput filter,
            @DefaultValue("CREATED_AT") @Description("What to order by.") CommandSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.page(
                        filter == null ? CommandFilterInput.NONE : filter,
                        ListSort.order(sort, CommandSort.CREATED_AT, direction),
                        PageInput.of(first, after))
                .map(CommandConnection::new);
    }

    @Query("deviceCommand")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("A command by its id; null when there is none.")
    public Uni<CommandView> command(@Id @NonNull @Description("The command's id.") UUID id) {
        UUID wanted = id;
        return queries.byIds(List.of(wanted)).map(found -> found.get(wanted));
    }

    @Name("attempts")
    @NonNull
    @Description("Its transmissions, first to last.")
    public Uni<List<List<@NonNull CommandAttemptView>>> attempts(@Source List<CommandView> commands) {
        return queries.attempts(commands.stream().map(CommandView::id).toList()).map(found -> commands.stream()
                .map(command -> found.getOrDefault(command.id(), List.of()))
                .toList());
    }

    @Mutation("cancelDeviceCommand")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Takes back a command that is not on the wire. ILLEGAL_STATE when it is, or when it may have been "
            + "executed already. A switching command that is still needed is issued anew by the reconciler: "
            + "release what holds the device off instead.")
    public Uni<CommandView> cancel(
            @Id @NonNull @Description("The command.") UUID id, @Description("Why.") String reason) {
        return cancel.cancel(id, reason);
    }

    @Mutation("settleDeviceCommand")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description(
            "Settles a command of unknown outcome by what a person found at the device. ILLEGAL_STATE in any other "
                    + "state; saying the same again changes nothing. Should the device contradict later, the command stays as "
                    + "it is, and the contradiction stands in its last attempt and in the audit log.")
    public Uni<CommandView> settle(
            @Id @NonNull @Description("The command.") UUID id,
            @NonNull @Description("What was found.") SiteFinding outcome,
            @NonNull @Description("By whom and how it was found, in words.") String reason) {
        return settle.settle(id, outcome, reason);
    }
}
