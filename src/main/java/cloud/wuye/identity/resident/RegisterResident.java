package cloud.wuye.identity.resident;

import cloud.wuye.identity.IdentityConfig;
import cloud.wuye.identity.realm.RealmUser;
import cloud.wuye.identity.realm.RealmUsers;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes a resident down and, if wanted, gives them an account: our row first, then the account, then the row is complete.
 * Cut off anywhere, it is simply done again; each step finds what the last attempt left. Keycloak is asked between the
 * two transactions, never inside one.
 */
@ApplicationScoped
class RegisterResident {
    private final Db db;
    private final RealmUsers accounts;
    private final IdentityConfig config;
    private final Audit audit;
    private final Clock clock;

    RegisterResident(Db db, RealmUsers accounts, IdentityConfig config, Audit audit, Clock clock) {
        this.db = db;
        this.accounts = accounts;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Registers somebody new, or finishes what was cut off before. The same again gives the same, with a new first password
     * as long as nobody has used one; a number or log-in name of somebody else: ALREADY_EXISTS.
     */
    Uni<RegisteredResidentView> register(Tenant company, Caller by, ResidentInput input, String username) {
        Resident fresh = Resident.fresh(Ids.next(), input, username, clock.now());
        return db.forTenantSql(company.id(), tx -> begin(tx, company, by, fresh))
                .flatMap(resident -> username == null
                        ? Uni.createFrom().item(RegisteredResidentView.of(resident, null))
                        : open(company, by, resident, account -> accounts.ensure(company, account.account())));
    }

    /** Gives a resident of the directory an account of this name, a new one or one that nobody has. */
    Uni<RegisteredResidentView> link(Tenant company, Caller by, UUID id, String username) {
        return db.forTenantSql(company.id(), tx -> want(tx, by, id, username))
                .flatMap(
                        resident -> open(company, by, resident, account -> accounts.adopt(company, account.account())));
    }

    private Uni<Resident> begin(SqlConnection tx, Tenant company, Caller by, Resident fresh) {
        Directory directory = new Directory(tx);
        return directory
                .add(company.id(), fresh)
                .flatMap(added -> added
                        ? record(tx, by, "resident.register", null, fresh).replaceWith(fresh)
                        : there(directory, fresh).invoke(before -> refuseAnother(before, fresh)));
    }

    /** Who has the log-in name, or without one the number, that somebody is to be registered with. */
    private static Uni<Resident> there(Directory directory, Resident fresh) {
        return (fresh.username() == null
                        ? Uni.createFrom().<Resident>nullItem()
                        : directory.lockedByUsername(fresh.username()))
                .flatMap(named -> named == null
                        ? directory.byPhone(fresh.phone())
                        : Uni.createFrom().item(named))
                .onItem()
                .ifNull()
                .failWith(() -> new Problem(ProblemCode.STALE));
    }

    /** The same person again is a repetition; anybody else has what the new one wanted. */
    private static void refuseAnother(Resident before, Resident fresh) {
        if (!before.isWhat(fresh) || !before.isActive()) {
            boolean sameName = fresh.username() != null && fresh.username().equals(before.username());
            throw new Problem(
                    ProblemCode.ALREADY_EXISTS,
                    sameName ? "username" : "phone",
                    sameName ? fresh.username() : fresh.phone());
        }
    }

    private Uni<Resident> want(SqlConnection tx, Caller by, UUID id, String username) {
        Directory directory = new Directory(tx);
        return directory.locked(id, "id").flatMap(before -> {
            Resident wanting = before.wanting(username);
            return wanting.equals(before)
                    ? Uni.createFrom().item(before)
                    : directory.save(wanting).call(after -> record(tx, by, "resident.link", before, after));
        });
    }

    private Uni<RegisteredResidentView> open(
            Tenant company, Caller by, Resident resident, Function<Resident, Uni<String>> account) {
        return (resident.halfWay() ? account.apply(resident) : Uni.createFrom().item(resident.subject()))
                .flatMap(subject -> firstPassword(company, resident, subject)
                        .flatMap(password -> db.forTenantSql(company.id(), tx -> joined(tx, by, resident, subject))
                                .map(joined -> RegisteredResidentView.of(joined, password))));
    }

    /** Null when they have a password of their own, or a mail brings one. */
    private Uni<String> firstPassword(Tenant company, Resident resident, String subject) {
        return accounts.neverLoggedIn(company, subject).flatMap(never -> {
            if (!never) {
                return Uni.createFrom().nullItem();
            }
            return IdentityConfig.mailsInvitations(config.realm()) && resident.email() != null
                    ? accounts.invite(company, subject, RealmUser.Kind.RESIDENT).replaceWith((String) null)
                    : accounts.temporaryPassword(company, subject);
        });
    }

    private Uni<Resident> joined(SqlConnection tx, Caller by, Resident resident, String subject) {
        Directory directory = new Directory(tx);
        return directory
                .locked(resident.id(), "id")
                .flatMap(now -> now.halfWay()
                        ? directory.save(now.linked(subject)).call(after -> record(tx, by, "resident.join", now, after))
                        : record(tx, by, "resident.linkAgain", now, now).replaceWith(now));
    }

    private Uni<Void> record(SqlConnection tx, Caller by, String act, Resident before, Resident after) {
        return audit.record(tx, by, act, "Resident", after.id(), before, after, null);
    }
}
