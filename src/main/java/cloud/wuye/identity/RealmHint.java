package cloud.wuye.identity;

import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The realm that a request says it is for, by the header {@code Wuye-Realm} or by its host. It lets nobody in; it only
 * keeps a client that still holds one company's token from working, unawares, at another company's address.
 */
@ApplicationScoped
class RealmHint {
    /** Name of the header; optional. */
    static final String HEADER = "Wuye-Realm";

    private final IdentityConfig config;

    RealmHint(IdentityConfig config) {
        this.config = config;
    }

    /** Whether the request names a realm, and another one than this. */
    boolean contradicts(RoutingContext context, String realm) {
        String named = context.request().getHeader(HEADER);
        return named != null && !named.equals(realm)
                || hostContradicts(context.request().authority(), realm);
    }

    private boolean hostContradicts(HostAndPort authority, String realm) {
        return authority != null
                && config.hostSuffix()
                        .filter(suffix -> authority.host().endsWith(suffix))
                        .filter(suffix -> !authority.host().equals(realm + suffix))
                        .isPresent();
    }
}
