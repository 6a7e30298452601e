package cloud.wuye.identity;

import cloud.wuye.platform.observe.LogContext;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.Roles;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Makes of a verified token the identity that features see ({@link Caller}). A realm can give only the roles that are
 * its to give: a company's administrator who makes a role called {@code platform-operator} has made an empty word.
 */
@ApplicationScoped
class RealmAugmentor implements SecurityIdentityAugmentor {
    private static final Set<String> COMPANY_ROLES =
            Set.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN, Roles.RESIDENT);
    private static final Set<String> PLATFORM_ROLES = Set.of(Roles.PLATFORM_OPERATOR);

    private final OpenSockets openSockets;

    RealmAugmentor(OpenSockets openSockets) {
        this.openSockets = openSockets;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext requestContext) {
        return augment(identity, requestContext, Map.of());
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext requestContext, Map<String, Object> attributes) {
        RoutingContext context = HttpSecurityUtils.getRoutingContextAttribute(attributes);
        if (identity.isAnonymous() || context == null || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Uni.createFrom().item(identity);
        }
        UUID tenantId = context.get(RealmResolver.TENANT_ID);
        Set<String> roles = new HashSet<>(identity.getRoles());
        roles.retainAll(tenantId == null ? PLATFORM_ROLES : COMPANY_ROLES);
        QuarkusSecurityIdentity.Builder caller = QuarkusSecurityIdentity.builder()
                .setPrincipal(token)
                .addCredentials(identity.getCredentials())
                .addRoles(roles)
                .addAttributes(identity.getAttributes())
                .addAttribute("sub", token.getSubject());
        if (token.<Object>getClaim("name") instanceof String name && !name.isBlank()) {
            caller.addAttribute(Caller.NAME_ATTRIBUTE, name);
        }
        if (tenantId != null) {
            caller.addAttribute(Caller.TENANT_ATTRIBUTE, tenantId);
            openSockets.noteIfSocket(context, tenantId);
            LogContext.enter(tenantId, null);
        }
        return Uni.createFrom().item(caller.build());
    }
}
