package cloud.wuye.identity;

import cloud.wuye.platform.graphql.EarlyRefusal;
import cloud.wuye.platform.observe.OwnContext;
import cloud.wuye.platform.problem.ProblemCode;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Stands before Quarkus' OIDC mechanism for three reasons. A request without a token must not touch it: the mechanism
 * remembers per request which realm it is for, and a WebSocket brings its token only after the upgrade, in
 * {@code connection_init}. And a Keycloak that is away is no fault of the caller, nor ours: it is answered with 503.
 * And whoever is turned away reads why, in the words of the door they came to.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class BearerDoor implements HttpAuthenticationMechanism {
    private static final Logger LOG = Logger.getLogger(BearerDoor.class);
    private static final String SCHEME = "Bearer";
    private static final int UNAUTHORIZED = 401;

    private final OidcAuthenticationMechanism oidc;

    BearerDoor(OidcAuthenticationMechanism oidc) {
        this.oidc = oidc;
    }

    /** The bearer token of a request, if it brings one. */
    static Optional<String> token(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaderNames.AUTHORIZATION);
        int space = SCHEME.length();
        return header != null
                        && header.length() > space
                        && header.charAt(space) == ' '
                        && header.regionMatches(true, 0, SCHEME, 0, space)
                ? Optional.of(header.substring(space + 1))
                : Optional.empty();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        if (token(context).isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        // Who waited for Keycloak's keys may come back on somebody else's thread; there the request's body, which
        // begins to flow
        // when it is asked for, would be gone before all of the asking is done.
        return OwnContext.back(oidc.authenticate(context, providers))
                .onFailure()
                .invoke(failure -> turnAway(context, failure));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(UNAUTHORIZED, HttpHeaderNames.WWW_AUTHENTICATE, SCHEME));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return oidc.getCredentialTypes();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, SCHEME));
    }

    /** Here, because the framework's own answer has no body, and a client that reads GraphQL could make nothing of it. */
    private static void turnAway(RoutingContext context, Throwable failure) {
        boolean tokenAtFault = failure instanceof SecurityException;
        if (!tokenAtFault) {
            // Keycloak, or the table that knows whom to ask, is away.
            LOG.warnf("a token could not be checked: %s", failure);
        }
        if (context.response().headWritten()) {
            return;
        }
        if (tokenAtFault) {
            context.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, SCHEME);
            EarlyRefusal.answer(context, ProblemCode.UNAUTHENTICATED);
        } else {
            context.response().putHeader(HttpHeaderNames.RETRY_AFTER, "5");
            EarlyRefusal.answer(context, ProblemCode.UNAVAILABLE);
        }
    }
}
