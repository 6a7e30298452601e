package cloud.wuye.device.inbox;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The GraphQL door to what devices sent and the inbox could not take. */
@GraphQLApi
public class RejectedMessageApi {
    private static final String LIMIT = "How many at most, the oldest first, 1 to 200.";

    private final RejectedMessages rejected;
    private final ReplayRejected replay;
    private final CurrentCaller currentCaller;

    RejectedMessageApi(RejectedMessages rejected, ReplayRejected replay, CurrentCaller currentCaller) {
        this.rejected = rejected;
        this.replay = replay;
        this.currentCaller = currentCaller;
    }

    @Query
    @NonNull
    @Description("Messages from devices that could not be taken. The platform's operator sees those under"
            + " topics of no known company.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN, Roles.PLATFORM_OPERATOR})
    public Uni<RejectedMessageConnection> rejectedMessages(
            @Description("Which messages.") RejectedMessageFilterInput filter,
            @DefaultValue("RECEIVED_AT") @Description("What to order by.") RejectedMessageSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return rejected.page(
                        currentCaller.get(),
                        orAll(filter),
                        ListSort.order(sort, RejectedMessageSort.RECEIVED_AT, direction),
                        PageInput.of(first, after))
                .map(RejectedMessageConnection::new);
    }

    @Mutation
    @NonNull
    @Description(
            "Lets rejected messages through the inbox once more, after what was wrong has been put right. A message that"
                    + " was taken is not tried again.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<ReplayView> replayRejectedMessages(
            @Description("Which messages; absent: all that wait.") RejectedMessageFilterInput filter,
            @DefaultValue("100") @Min(1) @Max(200) @Description(LIMIT) Integer first,
            @Description("Why it should work now; kept in the audit log.") String reason) {
        return replay.replay(currentCaller.get(), orAll(filter), first == null ? 100 : first, reason);
    }

    private static RejectedMessageFilterInput orAll(RejectedMessageFilterInput filter) {
        return filter == null ? RejectedMessageFilterInput.NONE : filter;
    }
}
