package cloud.wuye.payment.reconciliation;

import cloud.wuye.payment.ChannelKind;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The GraphQL door to the reconciliation with payment channels. */
@GraphQLApi
public class ReconciliationApi {
    private final ReconciliationQueries queries;
    private final ReconcileDay reconcileDay;
    private final ResolveDifference resolve;

    ReconciliationApi(ReconciliationQueries queries, ReconcileDay reconcileDay, ResolveDifference resolve) {
        this.queries = queries;
        this.reconcileDay = reconcileDay;
        this.resolve = resolve;
    }

    @Query("reconciliationDifferences")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("A page of differences between the channels' bills and our books. OPEN ones wait for a person.")
    public Uni<ReconciliationDifferenceConnection> reconciliationDifferences(
            @Description("Which differences.") ReconciliationDifferenceFilterInput filter,
            @DefaultValue("FOUND_AT") @Description("What to order by.") DifferenceSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.differences(
                        filter == null ? ReconciliationDifferenceFilterInput.NONE : filter,
                        ListSort.order(sort, DifferenceSort.FOUND_AT, direction),
                        PageInput.of(first, after))
                .map(ReconciliationDifferenceConnection::new);
    }

    @Query("reconciliationRuns")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("A page of days that were or are to be reconciled.")
    public Uni<ReconciliationRunConnection> reconciliationRuns(
            @Description("Which days.") ReconciliationRunFilterInput filter,
            @DefaultValue("DAY") @Description("What to order by.") ReconciliationRunSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.runs(
                        filter == null ? ReconciliationRunFilterInput.NONE : filter,
                        ListSort.order(sort, ReconciliationRunSort.DAY, direction),
                        PageInput.of(first, after))
                .map(ReconciliationRunConnection::new);
    }

    @Mutation("reconcileDay")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Reconciles a day that is over now, for the first time or again: its bills are fetched anew, and differences "
                    + "that are gone are closed. Repeating it with the same bills changes nothing.")
    public Uni<ReconciliationRunView> reconcileDay(
            @NonNull @Description("Which channel.") ChannelKind channel,
            @NonNull @Description("Which day, in the channel's calendar.") LocalDate day) {
        return reconcileDay.now(channel, day).flatMap(queries::run);
    }

    @Mutation("resolveReconciliationDifference")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("A person has settled an open difference. It moves no money. Repeating it changes nothing.")
    public Uni<ReconciliationDifferenceView> resolveReconciliationDifference(
            @Id @NonNull @Description("The difference.") UUID id,
            @NonNull @Description("How.") DifferenceResolution resolution,
            @NonNull @NotBlank @Size(max = 500) @Description("In your own words.") String reason) {
        return resolve.resolve(id, resolution, reason);
    }
}
