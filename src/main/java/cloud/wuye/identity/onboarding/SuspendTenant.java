package cloud.wuye.identity.onboarding;

import cloud.wuye.identity.realm.Realms;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantLifecycle;
import cloud.wuye.tenant.TenantStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Shuts a company out and lets it in again. On every side the refusing half comes first. */
@ApplicationScoped
class SuspendTenant {
    private final TenantLifecycle lifecycle;
    private final Realms realms;

    SuspendTenant(TenantLifecycle lifecycle, Realms realms) {
        this.lifecycle = lifecycle;
        this.realms = realms;
    }

    /** Tokens and devices are refused from here on, even if Keycloak is away; its realm is closed as well. */
    Uni<Tenant> suspend(Caller operator, UUID id, String reason) {
        return lifecycle.suspend(operator, id, reason).call(company -> realms.setEnabled(company, false));
    }

    /** The realm is opened before anyone is let in: an open door to a closed house would be worse. */
    Uni<Tenant> resume(Caller operator, UUID id, String reason) {
        return lifecycle
                .find(id)
                .invoke(company -> {
                    if (company.status() == TenantStatus.ONBOARDING) {
                        throw new Problem(ProblemCode.ILLEGAL_STATE, "id", company.status());
                    }
                })
                .call(company -> realms.setEnabled(company, true))
                .chain(() -> lifecycle.resume(operator, id, reason));
    }
}
