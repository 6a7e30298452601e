package cloud.wuye.identity.wechat;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Asks WeChat's server whose code of {@code wx.login} this is ({@code jscode2session}). Never inside a unit of the Db. The
 * session key that comes with the answer is of no use here and is dropped.
 */
@ApplicationScoped
class AskWeChat {
    private static final Logger LOG = Logger.getLogger(AskWeChat.class);
    private static final int DONE = 0;
    /** Not a code, a code that was used, a person whom WeChat holds for a risk. */
    private static final Set<Integer> CODE_REFUSED = Set.of(40029, 40163, 40226);
    /** No such app, or not its secret. */
    private static final Set<Integer> APP_REFUSED = Set.of(40001, 40013, 40125, 41002, 41004);

    private final WebClient client;
    private final WeChatAppConfig config;
    private final ObjectMapper mapper;

    AskWeChat(Vertx vertx, WeChatAppConfig config, ObjectMapper mapper) {
        this.config = config;
        this.mapper = mapper;
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout((int) config.connectTimeout().toMillis())
                        .setFollowRedirects(false)
                        .setUserAgent("wuye-cloud"));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /**
     * The openid of whoever has just got this code, which can be asked about once. WECHAT_CODE_REFUSED for any other code,
     * WECHAT_APP_REFUSED when WeChat does not know the company's app by this secret, WECHAT_UNAVAILABLE when nobody knows.
     */
    Uni<String> openId(String appId, String secret, String code) {
        return client.getAbs(config.host() + "/sns/jscode2session")
                .addQueryParam("appid", appId)
                .addQueryParam("secret", secret)
                .addQueryParam("js_code", code)
                .addQueryParam("grant_type", "authorization_code")
                .timeout(config.deadline().toMillis())
                .send()
                .ifNoItem()
                .after(config.deadline())
                .fail()
                .onFailure(AskWeChat::isOfTheLine)
                .transform(failure -> away(appId, failure.getClass().getSimpleName()))
                .map(answer -> judge(appId, answer));
    }

    private String judge(String appId, HttpResponse<Buffer> answer) {
        JsonNode said = read(answer);
        if (answer.statusCode() != 200 || said == null) {
            throw away(appId, "HTTP " + answer.statusCode());
        }
        int error = said.path("errcode").asInt(DONE);
        if (CODE_REFUSED.contains(error)) {
            throw new Problem(ProblemCode.WECHAT_CODE_REFUSED, "code", error);
        }
        if (APP_REFUSED.contains(error)) {
            LOG.warnf("WeChat refuses the mini-program %s: %d", appId, error);
            throw new Problem(ProblemCode.WECHAT_APP_REFUSED, null, error);
        }
        String openId = said.path("openid").asText("");
        if (error != DONE || openId.isEmpty()) {
            throw away(appId, "errcode " + error);
        }
        return openId;
    }

    /** Its content type says text, whatever the content; null when it is not JSON. */
    private JsonNode read(HttpResponse<Buffer> answer) {
        try {
            return answer.body() == null ? null : mapper.readTree(answer.bodyAsString());
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    /** The address is not logged: the secret stands in it. */
    private static Problem away(String appId, String why) {
        LOG.warnf("WeChat cannot be asked for %s: %s", appId, why);
        return new Problem(ProblemCode.WECHAT_UNAVAILABLE);
    }

    // What the network does; a mistake of ours must not pass for it.
    private static boolean isOfTheLine(Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof io.smallrye.mutiny.TimeoutException
                || failure instanceof IOException
                || failure instanceof VertxException;
    }
}
