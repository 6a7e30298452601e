package cloud.wuye.identity.wechat;

import cloud.wuye.identity.vouching.RealmToken;
import cloud.wuye.platform.db.DatabaseTrouble;
import cloud.wuye.platform.graphql.EarlyRefusal;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * The door at which a mini-program trades what {@code wx.login} gave it for a token: {@code POST /api/login/wechat} with
 * {@code {"company": "haitang", "code": "…"}}. Nobody needs a token to come here; whoever is refused learns nothing of
 * companies and residents that they have not proved.
 */
@ApplicationScoped
class LoginDoor {
    static final String PATH = "/api/login/wechat";

    private static final Logger LOG = Logger.getLogger(LoginDoor.class);
    private static final int MOST_BYTES = 4096;
    private static final int LONGEST_CODE = 256;
    private static final String COMPANY = "[a-z][a-z0-9-]{1,38}[a-z0-9]";
    private static final int TOO_LARGE = 413;
    private static final String A_MOMENT = "5";
    private static final String A_MINUTE = "60";

    private final LogInByWeChat logIn;
    private final LoginThrottle throttle;
    private final MeterRegistry meters;

    LoginDoor(LogInByWeChat logIn, LoginThrottle throttle, MeterRegistry meters) {
        this.logIn = logIn;
        this.throttle = throttle;
        this.meters = meters;
    }

    private record Knock(String company, String code) {}

    void install(@Observes Router router) {
        // A route of its own: whoever is too much is turned away before their body is read.
        router.post(PATH).handler(this::count);
        router.post(PATH)
                .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES))
                .handler(this::knock)
                .failureHandler(http -> refuse(http, cause(http)));
    }

    private void count(RoutingContext http) {
        if (throttle.admits(http.request().remoteAddress())) {
            http.next();
        } else {
            refuse(http, new Problem(ProblemCode.TOO_MANY_REQUESTS));
        }
    }

    private void knock(RoutingContext http) {
        Uni.createFrom()
                .item(() -> read(http))
                .flatMap(knock -> logIn.logIn(knock.company, knock.code))
                .subscribe()
                .with(token -> let(http, token), failure -> refuse(http, failure));
    }

    private static Knock read(RoutingContext http) {
        try {
            JsonObject body = http.body().asJsonObject();
            String company = body == null ? null : body.getString("company");
            String code = body == null ? null : body.getString("code");
            if (company == null || !company.matches(COMPANY)) {
                throw new Problem(ProblemCode.VALIDATION, "company", Detail.of("须为公司代码", "must be a company's code"));
            }
            if (code == null || code.isBlank() || code.length() > LONGEST_CODE) {
                throw new Problem(
                        ProblemCode.VALIDATION, "code", Detail.of("须为微信登录码", "must be a log-in code of WeChat's"));
            }
            return new Knock(company, code);
        } catch (DecodeException | ClassCastException notWhatIsAskedFor) {
            throw new Problem(ProblemCode.BAD_REQUEST, null, "JSON");
        }
    }

    private void let(RoutingContext http, RealmToken token) {
        note("ok");
        http.response()
                .putHeader(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .end(new JsonObject()
                        .put("accessToken", token.accessToken())
                        .put("tokenType", "Bearer")
                        .put("expiresIn", token.expiresIn())
                        .encode())
                .onFailure(gone -> LOG.debugf("the mini-program hung up: %s", gone));
    }

    private void refuse(RoutingContext http, Throwable failure) {
        Problem problem = problem(failure);
        note(problem.code().name().toLowerCase(Locale.ROOT));
        switch (problem.code().kind()) {
            case LIMITED -> http.response().putHeader(HttpHeaderNames.RETRY_AFTER, A_MINUTE);
            case UNAVAILABLE -> http.response().putHeader(HttpHeaderNames.RETRY_AFTER, A_MOMENT);
            default -> {}
        }
        EarlyRefusal.answer(http, problem);
    }

    private static Throwable cause(RoutingContext http) {
        if (http.statusCode() == TOO_LARGE) {
            return new Problem(ProblemCode.REQUEST_TOO_LARGE, null, MOST_BYTES);
        }
        return http.failure() == null ? new Problem(ProblemCode.BAD_REQUEST, null, http.statusCode()) : http.failure();
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (DatabaseTrouble.isAway(failure) || DatabaseTrouble.isContention(failure)) {
            LOG.warnf("a log-in waits for the database: %s", failure);
            return new Problem(ProblemCode.UNAVAILABLE);
        }
        LOG.error("a log-in by WeChat went wrong", failure);
        return new Problem(ProblemCode.INTERNAL);
    }

    private void note(String result) {
        meters.counter("wuye.identity.wechat.logins", "result", result).increment();
    }
}
