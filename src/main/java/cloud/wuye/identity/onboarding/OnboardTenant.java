package cloud.wuye.identity.onboarding;

import cloud.wuye.identity.IdentityConfig;
import cloud.wuye.identity.Issuers;
import cloud.wuye.identity.realm.Realms;
import cloud.wuye.identity.staff.InviteStaff;
import cloud.wuye.identity.staff.NewStaff;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantLifecycle;
import cloud.wuye.tenant.TenantStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/**
 * Brings a property company aboard: its row, its realm with clients and roles, its first manager, then it is active.
 * Each step finds what an earlier attempt left, so an act cut off anywhere is done again with the same input and ends
 * the same. What has been reached stands in the company's and the manager's own status; no other bookkeeping.
 */
@ApplicationScoped
class OnboardTenant {
    private static final String DEFAULT_ZONE = "Asia/Shanghai";

    private final TenantLifecycle lifecycle;
    private final Realms realms;
    private final InviteStaff inviteStaff;
    private final IdentityConfig config;

    OnboardTenant(TenantLifecycle lifecycle, Realms realms, InviteStaff inviteStaff, IdentityConfig config) {
        this.lifecycle = lifecycle;
        this.realms = realms;
        this.inviteStaff = inviteStaff;
        this.config = config;
    }

    Uni<OnboardedTenantView> onboard(Caller operator, OnboardTenantInput input) {
        refuseReserved(input.code());
        ZoneId zone = zone(input.zone());
        return lifecycle
                .begin(
                        operator,
                        input.code(),
                        input.name(),
                        issuer(input.code()),
                        config.keycloak().url(),
                        zone)
                .invoke(company -> refuseAnother(company, input, zone))
                .call(company -> refuseAnotherManager(company, input.manager().person()))
                .call(realms::ensure)
                .flatMap(company -> manager(operator, company, input));
    }

    private Uni<OnboardedTenantView> manager(Caller operator, Tenant company, OnboardTenantInput input) {
        Caller inTheCompany = new Caller(company.id(), operator.subject(), operator.name(), operator.roles());
        return inviteStaff
                .ensure(company, inTheCompany, input.manager().person())
                .flatMap(manager -> lifecycle
                        .activate(operator, company.id())
                        .map(active -> OnboardedTenantView.of(active, manager)));
    }

    private String issuer(String code) {
        return Issuers.realmUrl(
                config.keycloak().publicUrl().orElse(config.keycloak().url()), code);
    }

    private void refuseReserved(String code) {
        if (List.of("master", config.platform().realm(), config.keycloak().provisionerRealm())
                .contains(code)) {
            throw new Problem(ProblemCode.ALREADY_EXISTS, "code", code);
        }
    }

    /** The same code with another name is another company, not a repetition. */
    private static void refuseAnother(Tenant company, OnboardTenantInput input, ZoneId zone) {
        if (!company.name().equals(input.name()) || !company.zone().equals(zone)) {
            throw new Problem(ProblemCode.ALREADY_EXISTS, "code", input.code());
        }
        if (company.status() == TenantStatus.SUSPENDED) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, "code", company.status());
        }
    }

    /** A company in service takes on its managers itself: a repetition with another name would plant one. */
    private Uni<Void> refuseAnotherManager(Tenant company, NewStaff manager) {
        return company.status() == TenantStatus.ONBOARDING
                ? Uni.createFrom().voidItem()
                : inviteStaff
                        .knowsManager(company, manager.username())
                        .invoke(known -> {
                            if (!known) {
                                throw new Problem(ProblemCode.ALREADY_EXISTS, "code", company.code());
                            }
                        })
                        .replaceWithVoid();
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id == null ? DEFAULT_ZONE : id);
        } catch (DateTimeException unknown) {
            throw new Problem(ProblemCode.VALIDATION, "zone", id);
        }
    }
}
