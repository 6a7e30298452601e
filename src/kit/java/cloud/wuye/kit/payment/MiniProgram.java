package cloud.wuye.kit.payment;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * WeChat's log-in server, as far as a mini-program's own server needs it: tells whose code of {@code wx.login} it is, once.
 * The secret of an app is made from its id, so that nothing needs to be kept.
 */
final class MiniProgram {
    static final String PATH = "/sns/jscode2session";

    private static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private final SimulatorClock clock;
    private final Map<String, Code> codes = new ConcurrentHashMap<>();

    private record Code(String appid, String openid, Instant until, boolean used) {
        Code spent() {
            return new Code(appid, openid, until, true);
        }
    }

    MiniProgram(SimulatorClock clock) {
        this.clock = clock;
    }

    /** What the developer's console shows of an app. */
    static JsonObject app(String appid) {
        return new JsonObject().put("appid", appid).put("secret", secret(appid));
    }

    /** Somebody opens the mini-program: what {@code wx.login} gives them. */
    JsonObject login(String appid, String openid) {
        String code = "0" + Keys.random(31);
        codes.put(code, new Code(appid, openid, clock.now().plus(GOOD_FOR), false));
        return new JsonObject().put("code", code);
    }

    /** The answer; always HTTP 200, as there. */
    String answer(HttpServerRequest request) {
        String appid = String.valueOf(request.getParam("appid"));
        if (!secret(appid).equals(request.getParam("secret"))) {
            return no(40125, "invalid appsecret");
        }
        String name = String.valueOf(request.getParam("js_code"));
        Code[] before = new Code[1];
        codes.computeIfPresent(name, (key, code) -> {
            before[0] = code;
            return code.appid().equals(appid) ? code.spent() : code;
        });
        Code code = before[0];
        if (code == null || !code.appid().equals(appid) || code.until().isBefore(clock.now())) {
            return no(40029, "invalid code");
        }
        if (code.used()) {
            return no(40163, "code been used");
        }
        return new JsonObject()
                .put("session_key", Keys.random(24))
                .put("openid", code.openid())
                .encode();
    }

    static String busy() {
        return no(-1, "system error");
    }

    private static String no(int errcode, String errmsg) {
        return new JsonObject().put("errcode", errcode).put("errmsg", errmsg).encode();
    }

    private static String secret(String appid) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("mini-program " + appid).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no SHA-256", e);
        }
    }
}
