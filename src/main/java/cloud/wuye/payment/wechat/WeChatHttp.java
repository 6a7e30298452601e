package cloud.wuye.payment.wechat;

import cloud.wuye.payment.ChannelOutcome;
import cloud.wuye.payment.ChannelOutcome.Done;
import cloud.wuye.payment.ChannelOutcome.Doubt;
import cloud.wuye.payment.ChannelOutcome.Refused;
import cloud.wuye.payment.ChannelOutcome.Unknown;
import cloud.wuye.payment.PaymentConfig;
import cloud.wuye.platform.time.Clock;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Signed calls to WeChat Pay. An answer counts only when its signature verifies; everything else, whatever it says, leaves
 * the outcome unknown.
 */
@ApplicationScoped
class WeChatHttp {
    private static final Logger LOG = Logger.getLogger(WeChatHttp.class);
    private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048";
    private static final Set<String> LATER = Set.of(
            "FREQUENCY_LIMITED",
            "FREQUENCY_LIMIT_EXCEED",
            "RATELIMIT_EXCEEDED",
            "RATELIMIT_EXCEED",
            "STATEMENT_CREATING");
    private static final int LONGEST_CODE = 64;

    private final WebClient client;
    private final WeChatConfig config;
    private final PaymentConfig payment;
    private final Clock clock;
    private final ObjectMapper mapper;

    WeChatHttp(Vertx vertx, WeChatConfig config, PaymentConfig payment, Clock clock, ObjectMapper mapper) {
        this.config = config;
        this.payment = payment;
        this.clock = clock;
        this.mapper = mapper;
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout((int) config.connectTimeout().toMillis())
                        .setMaxPoolSize(32)
                        .setFollowRedirects(false)
                        .setUserAgent("wuye-cloud"));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    Uni<ChannelOutcome<JsonNode>> get(WeChatAccount account, String uri) {
        return call(account, HttpMethod.GET, uri, null);
    }

    Uni<ChannelOutcome<JsonNode>> post(WeChatAccount account, String uri, Object body) {
        return call(account, HttpMethod.POST, uri, body);
    }

    /** Bytes that carry no signature; the caller has a digest of them from a verified answer. Only from our own host. */
    Uni<ChannelOutcome<byte[]>> download(WeChatAccount account, String url) {
        URI from = URI.create(url);
        URI host = URI.create(config.host());
        if (!host.getScheme().equals(from.getScheme()) || !host.getAuthority().equals(from.getAuthority())) {
            return Uni.createFrom().item(new Unknown<>(Doubt.UNREADABLE, "a bill at another host"));
        }
        String uri = from.getRawPath() + (from.getRawQuery() == null ? "" : "?" + from.getRawQuery());
        return send(account, HttpMethod.GET, uri, "", config.billDeadline(), this::bytes);
    }

    private Uni<ChannelOutcome<JsonNode>> call(WeChatAccount account, HttpMethod method, String uri, Object body) {
        return send(account, method, uri, written(body), config.deadline(), answer -> judge(account, answer));
    }

    private <T> Uni<ChannelOutcome<T>> send(
            WeChatAccount account,
            HttpMethod method,
            String uri,
            String body,
            Duration deadline,
            Function<HttpResponse<Buffer>, ChannelOutcome<T>> judge) {
        return Uni.createFrom()
                .deferred(() -> client.requestAbs(method, config.host() + uri)
                        .putHeader("Authorization", authorization(account, method, uri, body))
                        .putHeader("Accept", "application/json")
                        .putHeader("Content-Type", "application/json")
                        .putHeader(SignedWords.SERIAL, account.preferredKeyId())
                        .timeout(deadline.toMillis())
                        .sendBuffer(Buffer.buffer(body)))
                .ifNoItem()
                .after(deadline)
                .fail()
                .map(judge)
                .onFailure(WeChatHttp::isOfTheLine)
                .recoverWithItem(failure -> unknown(failure))
                .invoke(outcome -> {
                    if (outcome instanceof Unknown<T> unknown) {
                        LOG.warnf("%s %s: %s, %s", method, path(uri), unknown.doubt(), unknown.detail());
                    }
                });
    }

    private ChannelOutcome<byte[]> bytes(HttpResponse<Buffer> answer) {
        return answer.statusCode() == 200 && answer.body() != null
                ? new Done<>(answer.body().getBytes())
                : new Unknown<>(Doubt.SERVER_ERROR, "HTTP " + answer.statusCode() + " for the download");
    }

    private ChannelOutcome<JsonNode> judge(WeChatAccount account, HttpResponse<Buffer> answer) {
        byte[] body = answer.body() == null ? new byte[0] : answer.body().getBytes();
        int status = answer.statusCode();
        Optional<JsonNode> json = read(body);
        Optional<SignedWords.Flaw> flaw = new SignedWords(
                        answer.getHeader(SignedWords.TIMESTAMP),
                        answer.getHeader(SignedWords.NONCE),
                        answer.getHeader(SignedWords.SIGNATURE),
                        answer.getHeader(SignedWords.SERIAL),
                        body)
                .flaw(account, clock.now(), payment.notices().freshness());
        if (status >= 500) {
            return new Unknown<>(Doubt.SERVER_ERROR, said(status, json));
        }
        if (flaw.isPresent()) {
            return new Unknown<>(Doubt.UNVERIFIED, flaw.get() + ", " + said(status, json));
        }
        if (json.isEmpty() || status == 202 || status < 200 || (status >= 300 && status < 400)) {
            return new Unknown<>(Doubt.UNREADABLE, said(status, json));
        }
        if (status >= 400) {
            String code = code(json.get());
            return new Refused<>(code, json.get().path("message").asText(), status == 429 || LATER.contains(code));
        }
        return new Done<>(json.get());
    }

    private <T> ChannelOutcome<T> unknown(Throwable failure) {
        return isTimeout(failure)
                ? new Unknown<>(Doubt.TIMEOUT, "no answer in time")
                : new Unknown<>(Doubt.BROKEN, String.valueOf(failure.getMessage()));
    }

    // What the network does; a mistake of ours must not pass for it.
    private static boolean isOfTheLine(Throwable failure) {
        return isTimeout(failure) || failure instanceof IOException || failure instanceof VertxException;
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof io.smallrye.mutiny.TimeoutException;
    }

    private String authorization(WeChatAccount account, HttpMethod method, String uri, String body) {
        String timestamp = String.valueOf(clock.now().getEpochSecond());
        String nonce = Rsa.nonce();
        String signature = Rsa.sign(account.merchantKey(), Rsa.lines(method.name(), uri, timestamp, nonce, body));
        return SCHEME + " mchid=\"" + account.merchantId() + "\",nonce_str=\"" + nonce + "\",signature=\"" + signature
                + "\",timestamp=\"" + timestamp + "\",serial_no=\"" + account.merchantSerial() + "\"";
    }

    private Optional<JsonNode> read(byte[] body) {
        try {
            return Optional.of(body.length == 0 ? mapper.createObjectNode() : mapper.readTree(body));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String written(Object body) {
        try {
            return body == null ? "" : mapper.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON form", e);
        }
    }

    private static String said(int status, Optional<JsonNode> json) {
        return "HTTP " + status + json.map(body -> " " + code(body)).orElse(", not JSON");
    }

    /** A code has few letters; what an unverified answer writes there may be anything. */
    private static String code(JsonNode body) {
        String code = body.path("code").asText("").replaceAll("[^0-9A-Za-z_]", "");
        return code.length() > LONGEST_CODE ? code.substring(0, LONGEST_CODE) : code;
    }

    private static String path(String uri) {
        return uri.split("\\?", 2)[0];
    }
}
