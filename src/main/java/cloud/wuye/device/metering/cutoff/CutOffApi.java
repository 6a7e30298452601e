package cloud.wuye.device.metering.cutoff;

import cloud.wuye.device.registry.DeviceView;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
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

/** The GraphQL door to balances of prepaid meters and to what becomes of those that are used up. */
@GraphQLApi
public class CutOffApi {
    private final MeterBalances balances;
    private final CreditByHand byHand;
    private final CreditQueries queries;
    private final CutOffPolicies policies;

    CutOffApi(MeterBalances balances, CreditByHand byHand, CreditQueries queries, CutOffPolicies policies) {
        this.balances = balances;
        this.byHand = byHand;
        this.queries = queries;
        this.policies = policies;
    }

    @Name("balance")
    @Description("How its prepaid account stands; absent where the service does not count its credit down.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<List<MeterBalanceView>> balance(@Source List<DeviceView> devices) {
        return balances.of(devices.stream().map(DeviceView::id).toList())
                .map(found ->
                        devices.stream().map(device -> found.get(device.id())).toList());
    }

    @Query
    @NonNull
    @Description("What happened to the credit of the company's prepaid meters.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<CreditEventConnection> creditEvents(
            @Description("Which events.") CreditEventFilterInput filter,
            @DefaultValue("AT") @Description("What to order by.") CreditEventSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.events(
                        filter == null ? CreditEventFilterInput.NONE : filter,
                        ListSort.order(sort, CreditEventSort.AT, direction),
                        PageInput.of(first, after))
                .map(CreditEventConnection::new);
    }

    @Query
    @NonNull
    @Description("Decisions to cut off, to spare and to give back, with what they were made from.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<CutOffDecisionConnection> cutOffDecisions(
            @Description("Which decisions.") CutOffDecisionFilterInput filter,
            @DefaultValue("AT") @Description("What to order by.") CutOffDecisionSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.decisions(
                        filter == null ? CutOffDecisionFilterInput.NONE : filter,
                        ListSort.order(sort, CutOffDecisionSort.AT, direction),
                        PageInput.of(first, after))
                .map(CutOffDecisionConnection::new);
    }

    @Mutation
    @NonNull
    @Description(
            "Takes the emergency credit of an account that is used up; once, until it is repaid. Supply comes back.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<MeterBalanceView> takeEmergencyCredit(@Id @NonNull @Description("The meter.") UUID deviceId) {
        return byHand.takeEmergency(deviceId).chain(() -> balances.one(deviceId));
    }

    @Mutation
    @NonNull
    @Description(
            "Gives supply back to an account that is paid for, where its policy leaves that to people. Repeating it "
                    + "changes nothing.")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    public Uni<MeterBalanceView> reconnectMeter(
            @Id @NonNull @Description("The meter.") UUID deviceId,
            @NonNull @NotBlank @Size(max = 500) @Description("Why; stands in the audit log.") String reason) {
        return byHand.reconnect(deviceId, reason).chain(() -> balances.one(deviceId));
    }

    @Query
    @NonNull
    @Description(
            "The company's policies of cutting off. While none is the usual one, accounts that name none are not cut "
                    + "off from 18:00 to 08:00, on weekends and on holidays.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<CutOffPolicyConnection> cutOffPolicies(
            @Description("Which policies.") CutOffPolicyFilterInput filter,
            @DefaultValue("NAME") @Description("What to order by.") CutOffPolicySort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return policies.page(
                        filter == null ? CutOffPolicyFilterInput.NONE : filter,
                        ListSort.order(sort, CutOffPolicySort.NAME, direction),
                        PageInput.of(first, after))
                .map(CutOffPolicyConnection::new);
    }

    @Mutation
    @NonNull
    @Description("Makes a policy of cutting off.")
    @RolesAllowed(Roles.MANAGER)
    public Uni<CutOffPolicyView> createCutOffPolicy(
            @Valid @NonNull @Description("The policy.") CutOffPolicyInput input) {
        return policies.create(input);
    }

    @Mutation
    @NonNull
    @Description("Changes a policy; accounts that are spared are judged by it at once.")
    @RolesAllowed(Roles.MANAGER)
    public Uni<CutOffPolicyView> changeCutOffPolicy(
            @Id @NonNull @Description("The policy.") UUID id,
            @Description("The version that was seen; STALE if it is no longer true.") int version,
            @Valid @NonNull @Description("All of the policy.") CutOffPolicyInput input) {
        return policies.change(id, version, input);
    }

    @Mutation
    @NonNull
    @Description("Deletes a policy that no account names.")
    @RolesAllowed(Roles.MANAGER)
    public Uni<CutOffPolicyView> deleteCutOffPolicy(@Id @NonNull @Description("The policy.") UUID id) {
        return policies.delete(id);
    }
}
