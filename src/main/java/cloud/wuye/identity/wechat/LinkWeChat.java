package cloud.wuye.identity.wechat;

import cloud.wuye.identity.realm.WeChatAccounts;
import cloud.wuye.identity.resident.CurrentResident;
import cloud.wuye.identity.resident.Resident;
import cloud.wuye.identity.resident.Residents;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.secret.SecretBox;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Use cases: a resident's log-in and their WeChat become one person, once; and that is undone. Our row comes first: by it we
 * vouch for anybody or for nobody. Then the company's realm is told, never inside a unit; if it is away meanwhile, the same
 * again tells it.
 */
@ApplicationScoped
class LinkWeChat {
    private static final String SUBJECT = "Resident";

    private final Db db;
    private final WeChatApps apps;
    private final WeChatLinks links;
    private final AskWeChat ask;
    private final SecretBox box;
    private final CurrentResident currentResident;
    private final Residents residents;
    private final WeChatAccounts accounts;
    private final TenantRegistry registry;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    LinkWeChat(
            Db db,
            WeChatApps apps,
            WeChatLinks links,
            AskWeChat ask,
            SecretBox box,
            CurrentResident currentResident,
            Residents residents,
            WeChatAccounts accounts,
            TenantRegistry registry,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.apps = apps;
        this.links = links;
        this.ask = ask;
        this.box = box;
        this.currentResident = currentResident;
        this.residents = residents;
        this.accounts = accounts;
        this.registry = registry;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** A company's app and the resident who calls. */
    private record Who(WeChatApp app, Resident resident) {}

    /**
     * Links the caller to whoever got this code in the company's mini-program. The same again changes nothing; another
     * WeChat in the place of one that is linked has to be wanted.
     *
     * @param replace whether it is
     */
    Uni<Resident> link(String code, boolean replace) {
        Caller caller = currentCaller.get();
        UUID tenant = caller.requireTenant();
        return db.readSql(
                        connection -> currentResident.get(connection, caller).flatMap(resident -> apps.find(connection)
                                .map(app -> new Who(app, resident))))
                .invoke(who -> {
                    if (who.app == null) {
                        throw new Problem(ProblemCode.WECHAT_APP_NOT_CONFIGURED);
                    }
                })
                .flatMap(who -> ask.openId(who.app.appId(), box.open(tenant, WeChatApp.SECRET, who.app.secret()), code)
                        .flatMap(openId -> linked(caller, who, openId, replace)));
    }

    private Uni<Resident> linked(Caller caller, Who who, String openId, boolean replace) {
        return db.writeSql(tx -> currentResident
                        .get(tx, caller)
                        .call(resident -> links.hold(tx, resident.id(), openId))
                        .call(resident -> link(tx, caller, who, openId, replace)))
                .call(resident ->
                        company(caller).flatMap(company -> accounts.bind(company, resident.subject(), openId)));
    }

    private Uni<Void> link(SqlConnection tx, Caller caller, Who who, String openId, boolean replace) {
        String appId = who.app.appId();
        UUID resident = who.resident.id();
        return links.byOpenId(tx, caller.requireTenant(), appId, openId).flatMap(owner -> {
            if (owner != null) {
                if (!owner.residentId().equals(resident)) {
                    throw new Problem(ProblemCode.WECHAT_LINKED_ELSEWHERE);
                }
                return Uni.createFrom().voidItem();
            }
            return links.of(tx, resident).flatMap(before -> {
                boolean another = before != null && before.appId().equals(appId);
                if (another && !replace) {
                    throw new Problem(ProblemCode.WECHAT_LINKED_ALREADY, "replace");
                }
                WeChatLinks.Link now = new WeChatLinks.Link(resident, appId, openId, clock.now());
                return links.put(tx, caller.requireTenant(), now)
                        .chain(() -> audit.record(
                                tx,
                                caller,
                                "resident.linkWeChat",
                                SUBJECT,
                                resident,
                                null,
                                Map.of("appid", appId, "replaced", another),
                                null));
            });
        });
    }

    /** The caller is nobody in WeChat from now on; what is so already stays so. */
    Uni<Resident> unlinkMine() {
        Caller caller = currentCaller.get();
        return db.writeSql(
                        tx -> currentResident.get(tx, caller).call(resident -> unlink(tx, caller, resident.id(), null)))
                .call(resident -> forgotten(caller, resident));
    }

    /** Staff do the same for a resident: their telephone is lost, or somebody else has linked it. */
    Uni<Void> unlink(UUID residentId, String reason) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> residents
                        .byIds(tx, List.of(residentId))
                        .map(found -> found.get(residentId))
                        .onItem()
                        .ifNull()
                        .failWith(() -> new Problem(ProblemCode.NOT_FOUND, "id", residentId))
                        .call(resident -> unlink(tx, caller, residentId, reason)))
                .flatMap(resident -> forgotten(caller, resident));
    }

    /** Also for one who was not linked: then it may be what was cut off before. */
    private Uni<Void> forgotten(Caller caller, Resident resident) {
        return resident.subject() == null
                ? Uni.createFrom().voidItem()
                : company(caller).flatMap(company -> accounts.unbind(company, resident.subject()));
    }

    private Uni<Tenant> company(Caller caller) {
        return registry.findById(caller.requireTenant())
                .map(found -> found.orElseThrow(() -> new Problem(ProblemCode.FORBIDDEN)));
    }

    private Uni<Void> unlink(SqlConnection tx, Caller caller, UUID residentId, String reason) {
        return links.forget(tx, residentId)
                .flatMap(there -> there
                        ? audit.record(tx, caller, "resident.unlinkWeChat", SUBJECT, residentId, null, null, reason)
                        : Uni.createFrom().voidItem());
    }
}
