package cloud.wuye.identity.vouching;

import cloud.wuye.identity.Issuers;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.tenant.Tenant;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.MultiMap;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Brings a realm our word and takes its token. Never inside a unit of the Db. */
@ApplicationScoped
class AskRealm {
    static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    static final String CLIENT_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final Logger LOG = Logger.getLogger(AskRealm.class);
    private static final int CONNECT_MILLIS = 3000;

    private final WebClient client;
    private final VouchingConfig config;

    AskRealm(Vertx vertx, VouchingConfig config) {
        this.config = config;
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setFollowRedirects(false)
                        .setUserAgent("wuye-cloud"));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /**
     * The token that the company's realm gives for this, or null when it does not take our word. IDENTITY_UNAVAILABLE when
     * it cannot be asked.
     *
     * @param assertion for whom
     * @param ourselves that it is we who ask
     */
    Uni<RealmToken> token(Tenant tenant, String assertion, String ourselves) {
        MultiMap form = MultiMap.caseInsensitiveMultiMap()
                .add("grant_type", GRANT)
                .add("assertion", assertion)
                .add("client_assertion_type", CLIENT_ASSERTION)
                .add("client_assertion", ourselves);
        return client.postAbs(Issuers.realmUrl(tenant.baseUrl(), tenant.code()) + "/protocol/openid-connect/token")
                .putHeader(HttpHeaderNames.ACCEPT.toString(), "application/json")
                .timeout(config.deadline().toMillis())
                .sendForm(form)
                .ifNoItem()
                .after(config.deadline())
                .fail()
                .onFailure(AskRealm::isOfTheLine)
                .transform(failure -> away(tenant, failure.toString()))
                .map(answer -> judge(tenant, answer));
    }

    private static RealmToken judge(Tenant tenant, HttpResponse<Buffer> answer) {
        JsonObject said = read(answer);
        int status = answer.statusCode();
        if (status >= 500 || said == null) {
            throw away(tenant, "HTTP " + status);
        }
        if (status != 200) {
            LOG.infof(
                    "%s does not take our word: %d %s, %s",
                    tenant.code(), status, said.getValue("error"), said.getValue("error_description"));
            return null;
        }
        return new RealmToken(said.getString("access_token"), said.getInteger("expires_in"));
    }

    private static JsonObject read(HttpResponse<Buffer> answer) {
        try {
            return answer.bodyAsJsonObject();
        } catch (DecodeException notJson) {
            return null;
        }
    }

    private static Problem away(Tenant tenant, String why) {
        LOG.warnf("the realm %s cannot be asked: %s", tenant.code(), why);
        return new Problem(ProblemCode.IDENTITY_UNAVAILABLE);
    }

    // What the network does; a mistake of ours must not pass for it.
    private static boolean isOfTheLine(Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof io.smallrye.mutiny.TimeoutException
                || failure instanceof IOException
                || failure instanceof VertxException;
    }
}
