package cloud.wuye.identity.staff;

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

/**
 * Takes somebody on: our row first, then the account, then the row is complete. Cut off anywhere, it is simply done
 * again; each step finds what the last attempt left. Keycloak is asked between the two transactions, never inside one.
 */
@ApplicationScoped
public class InviteStaff {
    private final Db db;
    private final RealmUsers accounts;
    private final IdentityConfig config;
    private final Audit audit;
    private final Clock clock;

    InviteStaff(Db db, RealmUsers accounts, IdentityConfig config, Audit audit, Clock clock) {
        this.db = db;
        this.accounts = accounts;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Takes on somebody new, or finishes an invitation cut off before. The same invitation again, whose answer was lost and
     * whose password nobody has used, gives a new one. Otherwise on board already: ALREADY_EXISTS.
     */
    public Uni<Invitation> invite(Tenant company, Caller by, NewStaff person) {
        return begin(company, by, person).flatMap(member -> {
            if (member.status() == StaffStatus.INVITING) {
                return finish(company, by, member);
            }
            Problem onBoard = new Problem(ProblemCode.ALREADY_EXISTS, "username", person.username());
            return member.status() == StaffStatus.ACTIVE && member.isWhat(person)
                    ? unused(company, member)
                            .flatMap(unused -> unused
                                    ? reissue(company, by, member)
                                    : Uni.createFrom().failure(onBoard))
                    : Uni.createFrom().failure(onBoard);
        });
    }

    /** The same, but somebody already on board is left as they are; a password that they have used stays unknown. */
    public Uni<Invitation> ensure(Tenant company, Caller by, NewStaff person) {
        return begin(company, by, person)
                .flatMap(member -> member.status() == StaffStatus.INVITING
                        ? finish(company, by, member)
                        : unused(company, member)
                                .flatMap(unused -> unused
                                        ? reissue(company, by, member)
                                        : Uni.createFrom().item(Invitation.of(member, null))));
    }

    private Uni<Boolean> unused(Tenant company, StaffMember member) {
        return accounts.neverLoggedIn(company, member.subject());
    }

    private Uni<Invitation> reissue(Tenant company, Caller by, StaffMember member) {
        return firstPassword(company, member, member.subject())
                .call(() -> db.forTenantSql(
                        company.id(), connection -> record(connection, by, "staff.inviteAgain", member, member)))
                .map(password -> Invitation.of(member, password));
    }

    /** Whether the company has a manager of this log-in name on board. */
    public Uni<Boolean> knowsManager(Tenant company, String username) {
        return db.forTenantSql(company.id(), connection -> new Staff(connection).hasManager(username));
    }

    private Uni<StaffMember> begin(Tenant company, Caller by, NewStaff person) {
        StaffMember fresh = StaffMember.invited(Ids.next(), person, clock.now());
        return db.forTenantSql(company.id(), connection -> {
            Staff staff = new Staff(connection);
            return staff.add(company.id(), fresh)
                    .flatMap(added -> added
                            ? record(connection, by, "staff.invite", null, fresh)
                                    .replaceWith(fresh)
                            : staff.lockedByUsername(person.username())
                                    .flatMap(before -> again(connection, by, before, person)));
        });
    }

    /** A second invitation may correct the first as long as the account is not complete. */
    private Uni<StaffMember> again(SqlConnection connection, Caller by, StaffMember before, NewStaff person) {
        StaffMember corrected = StaffMember.invited(before.id(), person, before.createdAt());
        return before.status() != StaffStatus.INVITING || before.equals(corrected)
                ? Uni.createFrom().item(before)
                : new Staff(connection)
                        .save(before, corrected)
                        .chain(() -> record(connection, by, "staff.invite", before, corrected))
                        .replaceWith(corrected);
    }

    private Uni<Invitation> finish(Tenant company, Caller by, StaffMember member) {
        return accounts.ensure(company, member.account()).flatMap(subject -> firstPassword(company, member, subject)
                .flatMap(password -> join(company, by, member, subject, password)));
    }

    private Uni<String> firstPassword(Tenant company, StaffMember member, String subject) {
        return IdentityConfig.mailsInvitations(config.realm()) && member.email() != null
                ? accounts.invite(company, subject, RealmUser.Kind.STAFF).replaceWith((String) null)
                : accounts.temporaryPassword(company, subject);
    }

    private Uni<Invitation> join(Tenant company, Caller by, StaffMember member, String subject, String password) {
        StaffMember joined = member.joined(subject);
        return db.forTenantSql(company.id(), connection -> new Staff(connection)
                .save(member, joined)
                .chain(() -> record(connection, by, "staff.join", member, joined))
                .replaceWith(Invitation.of(joined, password)));
    }

    private Uni<Void> record(SqlConnection connection, Caller by, String act, StaffMember before, StaffMember after) {
        return audit.record(connection, by, act, "staff", after.id(), before, after, null);
    }
}
