package cloud.wuye.notification;

import cloud.wuye.identity.resident.CurrentResident;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;

/** Finds as whom a caller is told things. Nothing in a request can name anybody else. */
@ApplicationScoped
class Recipients {
    private final CurrentResident currentResident;

    Recipients(CurrentResident currentResident) {
        this.currentResident = currentResident;
    }

    /** The caller; a resident whom nobody has linked: RESIDENT_UNKNOWN. */
    Uni<Recipient> of(SqlConnection tx, Caller caller) {
        boolean staff =
                Stream.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN).anyMatch(caller::is);
        return staff
                ? currentResident
                        .find(tx, caller)
                        .map(found -> new Recipient(found == null ? null : found.id(), caller.subject()))
                : currentResident.get(tx, caller).map(found -> new Recipient(found.id(), null));
    }
}
