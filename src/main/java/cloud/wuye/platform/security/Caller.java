package cloud.wuye.platform.security;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.Set;
import java.util.UUID;

/**
 * Who calls, as the token says.
 *
 * @param tenantId the property company, or null for the platform operator
 * @param subject the user's id in its realm
 * @param name how the user is shown
 * @param roles the realm roles, see {@link Roles}
 */
public record Caller(UUID tenantId, String subject, String name, Set<String> roles) {
    /** The attribute of a {@link SecurityIdentity} that holds the tenant's id; set where the token's issuer is resolved. */
    public static final String TENANT_ATTRIBUTE = "wuye.tenant";

    /** The attribute of a {@link SecurityIdentity} that holds the name people read; the log-in name stands in if absent. */
    public static final String NAME_ATTRIBUTE = "wuye.name";

    /** The caller behind an identity; anonymous identities are refused with UNAUTHENTICATED. */
    public static Caller of(SecurityIdentity identity) {
        if (identity == null || identity.isAnonymous()) {
            throw new Problem(ProblemCode.UNAUTHENTICATED);
        }
        String subject = identity.<String>getAttribute("sub");
        String username = identity.getPrincipal().getName();
        String name = identity.<String>getAttribute(NAME_ATTRIBUTE);
        return new Caller(
                identity.getAttribute(TENANT_ATTRIBUTE),
                subject == null ? username : subject,
                name == null ? username : name,
                Set.copyOf(identity.getRoles()));
    }

    /** The service itself at work for a tenant: jobs, relays, devices. */
    public static Caller system(UUID tenantId) {
        return new Caller(tenantId, "system", "system", Set.of());
    }

    /** The tenant, or FORBIDDEN for a caller that belongs to none. */
    public UUID requireTenant() {
        if (tenantId == null) {
            throw new Problem(ProblemCode.FORBIDDEN);
        }
        return tenantId;
    }

    /** Whether the caller has this role. */
    public boolean is(String role) {
        return roles.contains(role);
    }
}
