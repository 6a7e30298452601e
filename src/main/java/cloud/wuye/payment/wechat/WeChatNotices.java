package cloud.wuye.payment.wechat;

import cloud.wuye.payment.ChannelNotice;
import cloud.wuye.payment.NoticeRefused;
import cloud.wuye.payment.NoticeRefused.Reason;
import cloud.wuye.payment.PaymentConfig;
import cloud.wuye.payment.RawNotice;
import cloud.wuye.platform.time.Clock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Opens notices: the signature over the bytes as they came, then the time, then the content. Nothing is read before. */
@ApplicationScoped
class WeChatNotices {
    private final PaymentConfig config;
    private final Clock clock;
    private final ObjectMapper mapper;

    WeChatNotices(PaymentConfig config, Clock clock, ObjectMapper mapper) {
        this.config = config;
        this.clock = clock;
        this.mapper = mapper;
    }

    /** The notice; {@link NoticeRefused} for whatever cannot be trusted or understood. */
    ChannelNotice open(WeChatAccount account, RawNotice raw) {
        new SignedWords(
                        raw.header(SignedWords.TIMESTAMP),
                        raw.header(SignedWords.NONCE),
                        raw.header(SignedWords.SIGNATURE),
                        raw.header(SignedWords.SERIAL),
                        raw.body())
                .flaw(account, clock.now(), config.notices().freshness())
                .ifPresent(flaw -> {
                    throw new NoticeRefused(reason(flaw));
                });
        JsonNode envelope = json(raw.body(), Reason.MALFORMED_BODY);
        JsonNode content = content(account, envelope.path("resource"));
        ChannelNotice notice = understood(envelope.path("event_type").asText(), content, digest(raw.body()));
        if (!notice.merchantId().equals(account.merchantId())) {
            throw new NoticeRefused(Reason.MISDIRECTED);
        }
        return notice;
    }

    private JsonNode content(WeChatAccount account, JsonNode resource) {
        try {
            return json(SealedResource.of(resource).open(account.apiV3Key()), Reason.MALFORMED_BODY);
        } catch (GeneralSecurityException e) {
            throw new NoticeRefused(Reason.NOT_DECRYPTABLE, e);
        }
    }

    private static ChannelNotice understood(String event, JsonNode content, String digest) {
        try {
            if (event.startsWith("TRANSACTION.")) {
                return WeChatWords.paymentNotice(content, digest);
            }
            if (event.startsWith("REFUND.")) {
                return WeChatWords.refundNotice(content, digest);
            }
        } catch (WeChatWords.Nonsense e) {
            throw new NoticeRefused(Reason.MALFORMED_BODY, e);
        }
        throw new NoticeRefused(Reason.MISDIRECTED);
    }

    private JsonNode json(byte[] text, Reason otherwise) {
        try {
            JsonNode read = mapper.readTree(text);
            if (read == null || !read.isObject()) {
                throw new NoticeRefused(otherwise);
            }
            return read;
        } catch (IOException e) {
            throw new NoticeRefused(otherwise, e);
        }
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Reason reason(SignedWords.Flaw flaw) {
        return switch (flaw) {
            case INCOMPLETE -> Reason.MALFORMED_HEADERS;
            case NOT_FRESH -> Reason.NOT_FRESH;
            case PROBE -> Reason.SIGNATURE_PROBE;
            case UNKNOWN_KEY -> Reason.UNKNOWN_KEY;
            case WRONG_SIGNATURE -> Reason.WRONG_SIGNATURE;
        };
    }
}
