package cloud.wuye.identity.onboarding;

import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tenant.TenantView;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;

/** What operators of the platform do with property companies. */
@GraphQLApi
public class OnboardingApi {
    private final CurrentCaller currentCaller;
    private final OnboardTenant onboardTenant;
    private final SuspendTenant suspendTenant;

    OnboardingApi(CurrentCaller currentCaller, OnboardTenant onboardTenant, SuspendTenant suspendTenant) {
        this.currentCaller = currentCaller;
        this.onboardTenant = onboardTenant;
        this.suspendTenant = suspendTenant;
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.PLATFORM_OPERATOR)
    @Description("Brings a property company aboard: realm, clients, roles, first manager. "
            + "After a failure send the same again; it goes on where it stopped. Platform operators only.")
    public Uni<OnboardedTenantView> onboardTenant(@NonNull @Valid @Description("Whom.") OnboardTenantInput input) {
        return onboardTenant.onboard(currentCaller.get(), input);
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.PLATFORM_OPERATOR)
    @Description("Shuts a company out: its people's tokens and its devices are refused. Platform operators only.")
    public Uni<TenantView> suspendTenant(
            @NonNull @Description("Which company.") UUID id,
            @NonNull @NotBlank @Size(max = 500) @Description("Why; its people may ask.") String reason) {
        return suspendTenant.suspend(currentCaller.get(), id, reason).map(TenantView::of);
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.PLATFORM_OPERATOR)
    @Description("Lets a suspended company in again. Platform operators only.")
    public Uni<TenantView> resumeTenant(
            @NonNull @Description("Which company.") UUID id,
            @NonNull @NotBlank @Size(max = 500) @Description("Why.") String reason) {
        return suspendTenant.resume(currentCaller.get(), id, reason).map(TenantView::of);
    }
}
