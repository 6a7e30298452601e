package cloud.wuye.identity.onboarding;

import cloud.wuye.identity.staff.Invitation;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantView;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A company that has come aboard, and how its manager gets in. */
@Type("OnboardedTenant")
@Description("A company that has come aboard, and how its first manager gets in.")
public record OnboardedTenantView(
        @NonNull @Description("The company.") TenantView company,
        @NonNull @Description("The first manager's log-in name.") String managerUsername,
        @Description(
                        "The first manager's first password, shown this once; absent when an e-mail went out or they were on board.")
                String temporaryPassword) {

    static OnboardedTenantView of(Tenant company, Invitation manager) {
        return new OnboardedTenantView(TenantView.of(company), manager.username(), manager.temporaryPassword());
    }
}
