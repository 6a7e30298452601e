package cloud.wuye.platform.security;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.enterprise.context.ApplicationScoped;

/** Gives the caller of the current request. */
@ApplicationScoped
public class CurrentCaller {
    private final CurrentIdentityAssociation association;

    CurrentCaller(CurrentIdentityAssociation association) {
        this.association = association;
    }

    /** The caller; UNAUTHENTICATED when there is none. Call it before leaving the request's context. */
    public Caller get() {
        return Caller.of(association.getIdentity());
    }
}
