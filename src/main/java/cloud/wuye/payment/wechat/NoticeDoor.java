package cloud.wuye.payment.wechat;

import cloud.wuye.payment.ChannelKind;
import cloud.wuye.payment.NoticeKind;
import cloud.wuye.payment.NoticeRefused;
import cloud.wuye.payment.NoticeSink;
import cloud.wuye.payment.PaymentChannels;
import cloud.wuye.payment.PaymentConfig;
import cloud.wuye.payment.RawNotice;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The door at which WeChat Pay knocks: {@code POST /pay/wechat/{token}/notice} and {@code …/refund-notice}. The company is
 * the one whose token stands in the path; nothing in the body decides that. 204 when the notice is safe with us; anything
 * else makes WeChat Pay send it again.
 */
@ApplicationScoped
class NoticeDoor {
    /** Before the token. */
    static final String PATH = "/pay/wechat/";

    private static final Logger LOG = Logger.getLogger(NoticeDoor.class);
    private static final String TOKEN = "[A-Za-z0-9_-]{43}";
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;
    private static final int NOT_FOUND = 404;
    private static final int FAILED = 500;

    private final PaymentConfig config;
    private final PaymentChannels channels;
    private final WeChatPay weChatPay;
    private final NoticeSink sink;
    private final NoticeThrottle throttle;
    private final SeenNotices seen;
    private final MeterRegistry meters;
    private final Map<String, UUID> companies = new ConcurrentHashMap<>();

    NoticeDoor(
            PaymentConfig config,
            PaymentChannels channels,
            WeChatPay weChatPay,
            NoticeSink sink,
            NoticeThrottle throttle,
            SeenNotices seen,
            MeterRegistry meters) {
        this.config = config;
        this.channels = channels;
        this.weChatPay = weChatPay;
        this.sink = sink;
        this.throttle = throttle;
        this.seen = seen;
        this.meters = meters;
    }

    void install(@Observes Router router) {
        router.post(PATH + ":token/notice")
                .handler(body())
                .handler(http -> knock(http, NoticeKind.PAYMENT))
                .failureHandler(this::failed);
        router.post(PATH + ":token/refund-notice")
                .handler(body())
                .handler(http -> knock(http, NoticeKind.REFUND))
                .failureHandler(this::failed);
    }

    private BodyHandler body() {
        return BodyHandler.create(false).setBodyLimit(config.notices().maxBytes());
    }

    private void knock(RoutingContext http, NoticeKind kind) {
        RawNotice raw = raw(http);
        company(http.pathParam("token"))
                .flatMap(company -> taken(company, kind, raw))
                .subscribe()
                .with(first -> answer(http, 204, first ? "taken" : "replayed"), failure -> refuse(http, failure));
    }

    /** Takes a notice; false when exactly this message has been taken before. */
    private Uni<Boolean> taken(UUID company, NoticeKind kind, RawNotice raw) {
        if (!throttle.admits(company)) {
            throw new Shut(TOO_MANY);
        }
        String signature = raw.header(SignedWords.SIGNATURE);
        return weChatPay.open(company, raw).flatMap(notice -> {
            if (notice.kind() != kind) {
                throw new NoticeRefused(NoticeRefused.Reason.MISDIRECTED);
            }
            return seen.taken(signature)
                    ? Uni.createFrom().item(false)
                    : sink.take(company, notice)
                            .invoke(() -> seen.remember(signature))
                            .replaceWith(true);
        });
    }

    /** Tokens never change hands, so a known one is known for ever; unknown ones are looked up so often and no more. */
    private Uni<UUID> company(String token) {
        UUID known = companies.get(token);
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        if (!token.matches(TOKEN)) {
            return Uni.createFrom().failure(new Shut(NOT_FOUND));
        }
        if (!throttle.admitsStranger()) {
            return Uni.createFrom().failure(new Shut(TOO_MANY));
        }
        return channels.companyOf(ChannelKind.WECHAT_PAY, token)
                .onItem()
                .ifNull()
                .failWith(() -> new Shut(NOT_FOUND))
                .invoke(found -> companies.put(token, found));
    }

    private void refuse(RoutingContext http, Throwable failure) {
        if (failure instanceof NoticeRefused refused) {
            LOG.infof("a notice was refused: %s", refused.reason());
            answer(http, refused.reason().status(), refused.reason().name());
        } else if (failure instanceof Shut shut) {
            answer(http, shut.status, "shut");
        } else {
            LOG.error("a notice could not be taken; the channel will send it again", failure);
            answer(http, FAILED, "failed");
        }
    }

    private void failed(RoutingContext http) {
        if (http.statusCode() == TOO_LARGE) {
            answer(http, TOO_LARGE, "too large");
        } else {
            refuse(http, http.failure() == null ? new Shut(http.statusCode()) : http.failure());
        }
    }

    private void answer(RoutingContext http, int status, String result) {
        meters.counter("wuye.payment.notices", "channel", "wechat", "result", result.toLowerCase(Locale.ROOT))
                .increment();
        if (http.response().ended() || http.response().closed()) {
            return;
        }
        http.response().setStatusCode(status);
        if (status == 204) {
            http.end().onFailure(gone -> LOG.debugf("the channel hung up: %s", gone));
        } else {
            http.response().putHeader("Content-Type", "application/json");
            http.end(new JsonObject().put("code", "FAIL").put("message", result).encode())
                    .onFailure(gone -> LOG.debugf("the channel hung up: %s", gone));
        }
    }

    private static RawNotice raw(RoutingContext http) {
        Map<String, String> headers = new HashMap<>();
        http.request().headers().forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        byte[] body = http.body().buffer() == null
                ? new byte[0]
                : http.body().buffer().getBytes();
        return new RawNotice(headers, body);
    }

    /** Not for this door, or not now. */
    private static final class Shut extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        Shut(int status) {
            super(String.valueOf(status), null, false, false);
            this.status = status;
        }
    }
}
