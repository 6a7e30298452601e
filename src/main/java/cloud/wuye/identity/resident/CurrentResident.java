package cloud.wuye.identity.resident;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Whom of the directory the caller's log-in speaks for. What residents ask begins here: the id comes from the token's
 * subject and from nowhere else.
 */
@ApplicationScoped
public class CurrentResident {
    private final Db db;
    private final CurrentCaller currentCaller;

    CurrentResident(Db db, CurrentCaller currentCaller) {
        this.db = db;
        this.currentCaller = currentCaller;
    }

    /**
     * The caller's resident: RESIDENT_UNKNOWN when the log-in is in nobody's directory, FORBIDDEN without the role or for
     * one who is disabled.
     */
    public Uni<Resident> get() {
        Caller caller = currentCaller.get();
        return db.readSql(tx -> get(tx, caller));
    }

    /** The same inside a unit. */
    public Uni<Resident> get(SqlConnection tx, Caller caller) {
        if (!caller.is(Roles.RESIDENT)) {
            return Uni.createFrom().failure(new Problem(ProblemCode.FORBIDDEN));
        }
        return new Directory(tx).bySubject(caller.subject()).invoke(found -> {
            if (found == null) {
                throw new Problem(ProblemCode.RESIDENT_UNKNOWN);
            }
            if (!found.isActive()) {
                throw new Problem(ProblemCode.FORBIDDEN);
            }
        });
    }

    /** The same for those who need not be residents: null when the caller is none, unknown or disabled. */
    public Uni<Resident> find(SqlConnection tx, Caller caller) {
        return caller.is(Roles.RESIDENT)
                ? new Directory(tx)
                        .bySubject(caller.subject())
                        .map(found -> found != null && found.isActive() ? found : null)
                : Uni.createFrom().nullItem();
    }
}
