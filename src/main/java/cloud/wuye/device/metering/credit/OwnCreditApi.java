package cloud.wuye.device.metering.credit;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The GraphQL door to the reconciliation of credit that meters count themselves. */
@GraphQLApi
public class OwnCreditApi {
    private final CreditQueries queries;
    private final SettleDifference settle;

    OwnCreditApi(CreditQueries queries, SettleDifference settle) {
        this.queries = queries;
        this.settle = settle;
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("表内余量核对: for each account whose meter counts the credit, bought less used against what the meter says "
            + "is left; the latest looked at first unless asked otherwise.")
    public Uni<OwnCreditConnection> meterOwnCreditChecks(
            @Description("Which of them.") OwnCreditFilterInput filter,
            @DefaultValue("LOOKED_AT") @Description("What to order by.") OwnCreditSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.checks(
                        filter == null ? OwnCreditFilterInput.NONE : filter,
                        ListSort.order(sort, OwnCreditSort.LOOKED_AT, direction),
                        PageInput.of(first, after))
                .map(OwnCreditConnection::new);
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Staff have found out why a meter says something else of its credit than was expected: the service's "
            + "figure and its books follow the meter's word. Looks once more first; refused with ILLEGAL_STATE unless "
            + "they differ.")
    public Uni<OwnCreditView> resolveMeterOwnCredit(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @NonNull @NotBlank @Size(max = 500) @Description("Why they differed, for the record.") String reason) {
        return settle.resolve(deviceId, reason).chain(queries::check);
    }
}
