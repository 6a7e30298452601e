package cloud.wuye.tariff;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
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

/** The GraphQL door to tariffs. */
@GraphQLApi
public class TariffApi {
    private final TariffPlans plans;
    private final AskTariffs ask;
    private final ShapeTariffs shape;
    private final PublishTariffs publish;

    TariffApi(TariffPlans plans, AskTariffs ask, ShapeTariffs shape, PublishTariffs publish) {
        this.plans = plans;
        this.ask = ask;
        this.shape = shape;
        this.publish = publish;
    }

    @Query("tariffPlans")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("A page of the company's tariff plans.")
    public Uni<TariffPlanConnection> tariffPlans(
            @Description("Which plans.") TariffPlanFilterInput filter,
            @DefaultValue("CREATED_AT") @Description("What to order by.") TariffPlanSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return plans.page(
                        filter == null ? TariffPlanFilterInput.NONE : filter,
                        ListSort.order(sort, TariffPlanSort.CREATED_AT, direction),
                        PageInput.of(first, after))
                .map(TariffPlanConnection::new);
    }

    @Query("tariffPlan")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("A tariff plan by its id; null when there is none.")
    public Uni<TariffPlanView> tariffPlan(@Id @NonNull @Description("The id.") UUID id) {
        return ask.plan(id);
    }

    @Name("versions")
    @NonNull
    @Description("Its versions, newest first, drafts and withdrawn ones too.")
    public Uni<List<List<@NonNull TariffVersionSummaryView>>> versions(@Source List<TariffPlanView> plans) {
        return ask.versions(plans.stream().map(TariffPlanView::id).toList());
    }

    @Query("tariffVersion")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("A version of a tariff with its prices; null when there is none.")
    public Uni<TariffVersionView> tariffVersion(@Id @NonNull @Description("The id.") UUID id) {
        return ask.version(id);
    }

    @Query("priceAt")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("The price by a plan at an instant, and when it changes next; null when no version holds then.")
    public Uni<PriceAtView> priceAt(
            @Id @NonNull @Description("The plan.") UUID planId, @NonNull @Description("The instant.") Instant at) {
        return ask.priceAt(planId, at);
    }

    @Query("rateUsage")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("What usage would cost, line by line; nothing is charged.")
    public Uni<RatedUsageView> rateUsage(@Valid @NonNull @Description("The usage.") RateUsageInput input) {
        return ask.rate(input);
    }

    @Mutation("createTariffPlan")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Makes a tariff plan, which prices nothing until a version is published.")
    public Uni<TariffPlanView> createPlan(@Valid @NonNull @Description("The plan.") TariffPlanInput input) {
        return shape.create(input);
    }

    @Mutation("renameTariffPlan")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Gives a tariff plan another name.")
    public Uni<TariffPlanView> renamePlan(
            @Id @NonNull @Description("The plan.") UUID id,
            @Description("The version that the change is based on.") int version,
            @NonNull @NotBlank @Size(max = 100) @Description("Its name, unique in the company.") String name) {
        return shape.rename(id, version, name);
    }

    @Mutation("draftTariffVersion")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Drafts a version of a plan. TARIFF_GAP and TARIFF_OVERLAP name the first hours at fault.")
    public Uni<TariffVersionView> draft(
            @Id @NonNull @Description("The plan.") UUID planId,
            @Valid @NonNull @Description("The version.") TariffVersionInput input) {
        return shape.draft(planId, input).map(TariffVersionView::of);
    }

    @Mutation("changeTariffVersion")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Replaces a draft. A published version is never changed: draft the next.")
    public Uni<TariffVersionView> change(
            @Id @NonNull @Description("The draft.") UUID id,
            @Description("The version counter that the change is based on.") int version,
            @Valid @NonNull @Description("What it shall be.") TariffVersionInput input) {
        return shape.change(id, version, input).map(TariffVersionView::of);
    }

    @Mutation("discardTariffVersion")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Throws a draft away.")
    public Uni<TariffVersionView> discard(@Id @NonNull @Description("The draft.") UUID id) {
        return shape.discard(id).map(TariffVersionView::of);
    }

    @Mutation("publishTariffVersion")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Puts a draft in force from its first day on; the open version before it ends there. Only a plan's first "
                    + "version may begin in the past: else TARIFF_TOO_EARLY. TARIFF_ABOVE_GRID: see priceCheck.")
    public Uni<TariffVersionView> publish(
            @Id @NonNull @Description("The draft.") UUID id,
            @Description("The version counter of the draft that was looked at.") int version) {
        return publish.publish(id, version).map(TariffVersionView::of);
    }

    @Mutation("withdrawTariffVersion")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Takes a published version back that has not begun; the one that it ended goes on.")
    public Uni<TariffVersionView> withdraw(
            @Id @NonNull @Description("The version.") UUID id,
            @NonNull @NotBlank @Size(max = 500) @Description("Why.") String reason) {
        return publish.withdraw(id, reason).map(TariffVersionView::of);
    }

    @Mutation("endTariffPlan")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Ends the open version of a plan; gives that version. Usage from that day on has no price.")
    public Uni<TariffVersionView> end(
            @Id @NonNull @Description("The plan.") UUID planId,
            @NonNull @Description("The first day without a price, tomorrow at the earliest.") LocalDate on,
            @NonNull @NotBlank @Size(max = 500) @Description("Why.") String reason) {
        return publish.end(planId, on, reason).map(TariffVersionView::of);
    }
}
