package cloud.wuye.identity.staff;

import cloud.wuye.identity.realm.RealmUsers;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Changes what staff may do. The account is changed first, because it decides; if our row does not follow, doing the
 * same again makes it. A token already issued lives on to its end, five minutes at most.
 */
@ApplicationScoped
class ChangeStaff {
    private final Db db;
    private final RealmUsers accounts;
    private final Audit audit;

    ChangeStaff(Db db, RealmUsers accounts, Audit audit) {
        this.db = db;
        this.accounts = accounts;
        this.audit = audit;
    }

    Uni<StaffView> setRoles(Tenant company, Caller by, UUID id, Set<StaffRole> roles) {
        return change(
                company,
                by,
                id,
                new Change(
                        "staff.roles",
                        null,
                        member -> member.withRoles(roles),
                        member -> accounts.setStaffRoles(company, member.subject(), StaffRole.inRealm(roles))));
    }

    Uni<StaffView> disable(Tenant company, Caller by, UUID id, String reason) {
        return change(
                company,
                by,
                id,
                new Change(
                        "staff.disable",
                        reason,
                        member -> {
                            if (by.subject().equals(member.subject())) {
                                throw new Problem(ProblemCode.OWN_ACCOUNT, "id");
                            }
                            return member.disabled();
                        },
                        member -> accounts.setEnabled(company, member.subject(), false)));
    }

    Uni<StaffView> enable(Tenant company, Caller by, UUID id) {
        return change(
                company,
                by,
                id,
                new Change(
                        "staff.enable",
                        null,
                        StaffMember::enabled,
                        member -> accounts.setEnabled(company, member.subject(), true)));
    }

    private Uni<StaffView> change(Tenant company, Caller by, UUID id, Change change) {
        return db.forTenantSql(company.id(), connection -> allowed(company.id(), new Staff(connection), id, change))
                .flatMap(member -> change.account()
                        .apply(member)
                        .onFailure()
                        .call(() -> db.forTenantSql(company.id(), connection -> new Staff(connection).stay(id))))
                .chain(() -> db.forTenantSql(company.id(), connection -> keep(connection, by, id, change)))
                .map(StaffView::of);
    }

    private static Uni<StaffMember> allowed(UUID company, Staff staff, UUID id, Change change) {
        return staff.byId(id)
                .onItem()
                .ifNull()
                .failWith(() -> new Problem(ProblemCode.NOT_FOUND, "id", id))
                .call(before ->
                        before.managing() && !change.next().apply(before).managing()
                                ? staff.stepDown(company, id).invoke(another -> {
                                    if (!another) {
                                        throw new Problem(ProblemCode.LAST_MANAGER, "id");
                                    }
                                })
                                : Uni.createFrom().item(change.next().apply(before)));
    }

    private Uni<StaffMember> keep(SqlConnection connection, Caller by, UUID id, Change change) {
        Staff staff = new Staff(connection);
        return staff.locked(id).flatMap(before -> {
            StaffMember after = change.next().apply(before);
            return staff.save(before, after)
                    .chain(() ->
                            audit.record(connection, by, change.act(), "staff", id, before, after, change.reason()))
                    .replaceWith(after);
        });
    }

    private record Change(
            String act,
            String reason,
            UnaryOperator<StaffMember> next,
            Function<StaffMember, Uni<? extends Void>> account) {}
}
