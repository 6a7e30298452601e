package cloud.wuye.identity.resident;

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
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Changes what the directory says of a resident, and whether they may come in. Coming in is changed at the account first,
 * because that decides; if our row does not follow, doing the same again makes it.
 */
@ApplicationScoped
class ChangeResident {
    private final Db db;
    private final RealmUsers accounts;
    private final Audit audit;

    ChangeResident(Db db, RealmUsers accounts, Audit audit) {
        this.db = db;
        this.accounts = accounts;
        this.audit = audit;
    }

    Uni<ResidentView> edit(Caller by, UUID id, int version, ResidentInput input) {
        return db.forTenantSql(
                        by.requireTenant(),
                        tx -> keep(tx, by, id, "resident.edit", null, before -> {
                            if (before.version() != version) {
                                throw new Problem(ProblemCode.STALE, "version");
                            }
                            return before.edited(input);
                        }))
                .map(ResidentView::of);
    }

    Uni<ResidentView> disable(Tenant company, Caller by, UUID id, String reason) {
        return setEnabled(company, by, id, false, reason);
    }

    Uni<ResidentView> enable(Tenant company, Caller by, UUID id) {
        return setEnabled(company, by, id, true, null);
    }

    private Uni<ResidentView> setEnabled(Tenant company, Caller by, UUID id, boolean enabled, String reason) {
        return db.forTenantSql(company.id(), tx -> new Directory(tx).locked(id, "id"))
                .call(before -> before.subject() == null
                        ? Uni.createFrom().voidItem()
                        : accounts.setEnabled(company, before.subject(), enabled))
                .chain(() -> db.forTenantSql(
                        company.id(),
                        tx -> keep(
                                tx,
                                by,
                                id,
                                enabled ? "resident.enable" : "resident.disable",
                                reason,
                                enabled ? Resident::enabled : Resident::disabled)))
                .map(ResidentView::of);
    }

    private Uni<Resident> keep(
            SqlConnection tx, Caller by, UUID id, String act, String reason, UnaryOperator<Resident> change) {
        Directory directory = new Directory(tx);
        return directory.locked(id, "id").flatMap(before -> directory
                .save(change.apply(before))
                .call(after -> audit.record(tx, by, act, "Resident", id, before, after, reason)));
    }
}
