package cloud.wuye.identity.wechat;

import cloud.wuye.identity.realm.VouchedClient;
import cloud.wuye.identity.realm.WeChatAccounts;
import cloud.wuye.identity.resident.Resident;
import cloud.wuye.identity.resident.Residents;
import cloud.wuye.identity.vouching.RealmToken;
import cloud.wuye.identity.vouching.Vouch;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.secret.SecretBox;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Use case: a resident comes in by their WeChat and nothing else. WeChat says whose code it is, our directory says which
 * resident that is, and the company's realm gives its token for our word.
 */
@ApplicationScoped
class LogInByWeChat {
    private static final Logger LOG = Logger.getLogger(LogInByWeChat.class);

    /** A token lives for minutes; only a log-in after a pause is one that somebody wants to read about. */
    private static final Duration PAUSE = Duration.ofHours(12);

    private final TenantRegistry registry;
    private final LoginThrottle throttle;
    private final Db db;
    private final WeChatApps apps;
    private final WeChatLinks links;
    private final AskWeChat ask;
    private final SecretBox box;
    private final Residents residents;
    private final VouchedClient vouchedClient;
    private final WeChatAccounts accounts;
    private final Vouch vouch;
    private final Audit audit;
    private final Clock clock;

    LogInByWeChat(
            TenantRegistry registry,
            LoginThrottle throttle,
            Db db,
            WeChatApps apps,
            WeChatLinks links,
            AskWeChat ask,
            SecretBox box,
            Residents residents,
            VouchedClient vouchedClient,
            WeChatAccounts accounts,
            Vouch vouch,
            Audit audit,
            Clock clock) {
        this.registry = registry;
        this.throttle = throttle;
        this.db = db;
        this.apps = apps;
        this.links = links;
        this.ask = ask;
        this.box = box;
        this.residents = residents;
        this.vouchedClient = vouchedClient;
        this.accounts = accounts;
        this.vouch = vouch;
        this.audit = audit;
        this.clock = clock;
    }

    private record Someone(String appId, String openId) {}

    private record Known(WeChatLinks.Link link, Resident resident) {}

    /**
     * A token of the resident who has just got this code in this company's mini-program. WECHAT_LOGIN_REFUSED for any other
     * code, and just so where there is no such company, it is not in service or has no mini-program, or the resident is
     * disabled; WECHAT_NOT_LINKED tells whoever proved who they are that nobody here is linked to that.
     */
    Uni<RealmToken> logIn(String companyCode, String code) {
        if (!vouchedClient.isOn()) {
            return Uni.createFrom()
                    .failure(new Problem(ProblemCode.SETTING_MISSING, null, "wuye.identity.keycloak.service-url"));
        }
        return registry.findByCode(companyCode)
                .map(found -> found.filter(Tenant::active).orElseThrow(() -> refused("no such company in service")))
                .invoke(company -> {
                    if (!throttle.admits(company.id())) {
                        throw new Problem(ProblemCode.TOO_MANY_REQUESTS);
                    }
                })
                .flatMap(company -> someone(company, code)
                        .flatMap(someone -> known(company, someone))
                        .flatMap(known -> token(company, known).call(token -> note(company, known))));
    }

    private Uni<Someone> someone(Tenant company, String code) {
        return db.forTenantSql(company.id(), apps::find)
                .onItem()
                .ifNull()
                .failWith(() -> refused("no mini-program"))
                .flatMap(app -> ask.openId(app.appId(), box.open(company.id(), WeChatApp.SECRET, app.secret()), code)
                        .map(openId -> new Someone(app.appId(), openId)))
                .onFailure(LogInByWeChat::isOfTheCode)
                .transform(failure -> refused(failure.getMessage()));
    }

    private Uni<Known> known(Tenant company, Someone who) {
        return db.forTenantSql(company.id(), tx -> links.byOpenId(tx, company.id(), who.appId, who.openId)
                        .onItem()
                        .ifNull()
                        .failWith(() -> new Problem(ProblemCode.WECHAT_NOT_LINKED))
                        .flatMap(link -> residents
                                .byIds(tx, List.of(link.residentId()))
                                .map(found -> new Known(link, found.get(link.residentId())))))
                .invoke(known -> {
                    if (!known.resident.isActive()) {
                        throw refused("disabled: " + known.resident.id());
                    }
                });
    }

    /**
     * The realm may not know of the link yet, or no longer: it was away, or is older than this way in. Then it is told once
     * more. A token of somebody else's, if the realm ever gave one, does not leave the house.
     */
    private Uni<RealmToken> token(Tenant company, Known known) {
        return vouched(company, known)
                .onItem()
                .ifNull()
                .switchTo(() -> accounts.bind(company, known.resident.subject(), known.link.openId())
                        .chain(() -> vouched(company, known)))
                .onItem()
                .ifNull()
                .failWith(() -> refused("the realm says no: " + known.resident.id()));
    }

    private Uni<RealmToken> vouched(Tenant company, Known known) {
        return vouch.forWeChat(company, known.link.openId())
                .map(token -> token != null && token.isOf(known.resident.subject()) ? token : null);
    }

    private Uni<Void> note(Tenant company, Known known) {
        Instant now = clock.now();
        return db.forTenantSql(company.id(), tx -> links.loggedIn(tx, known.link, now, now.minus(PAUSE))
                .flatMap(noted -> noted
                        ? audit.record(
                                tx,
                                by(company, known.resident),
                                "resident.logInByWeChat",
                                "Resident",
                                known.resident.id(),
                                null,
                                Map.of("appid", known.link.appId()),
                                null)
                        : Uni.createFrom().voidItem()));
    }

    private static Caller by(Tenant company, Resident resident) {
        return new Caller(company.id(), resident.subject(), resident.name(), Set.of(Roles.RESIDENT));
    }

    /** Why stands in the log only. */
    private static Problem refused(String why) {
        LOG.infof("a log-in by WeChat is refused: %s", why);
        return new Problem(ProblemCode.WECHAT_LOGIN_REFUSED);
    }

    private static boolean isOfTheCode(Throwable failure) {
        return failure instanceof Problem problem
                && (problem.code() == ProblemCode.WECHAT_CODE_REFUSED
                        || problem.code() == ProblemCode.WECHAT_APP_REFUSED);
    }
}
