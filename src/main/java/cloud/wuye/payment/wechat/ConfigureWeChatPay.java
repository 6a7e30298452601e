package cloud.wuye.payment.wechat;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.wuye.payment.ChannelKind;
import cloud.wuye.payment.ChannelSettings;
import cloud.wuye.payment.ChannelSettings.ChannelKeyText;
import cloud.wuye.payment.ChannelSettingsChanged;
import cloud.wuye.payment.PaymentChannelView;
import cloud.wuye.payment.PaymentChannels;
import cloud.wuye.payment.PaymentConfig;
import cloud.wuye.platform.Chance;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.secret.SecretBox;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Puts a company's account in place, or changes it. What is changed has to be tested again; whether the channel is open
 * stays as it is, so that a company can change keys without a gap. Another merchant number shuts it: its orders are others.
 */
@ApplicationScoped
class ConfigureWeChatPay {
    private static final int TOKEN_BYTES = 32;
    private static final int API_V3_KEY_BYTES = 32;

    private final Db db;
    private final PaymentChannels channels;
    private final PaymentConfig config;
    private final SecretBox box;
    private final Audit audit;
    private final Clock clock;
    private final Event<ChannelSettingsChanged> changed;

    ConfigureWeChatPay(
            Db db,
            PaymentChannels channels,
            PaymentConfig config,
            SecretBox box,
            Audit audit,
            Clock clock,
            Event<ChannelSettingsChanged> changed) {
        this.db = db;
        this.channels = channels;
        this.config = config;
        this.box = box;
        this.audit = audit;
        this.clock = clock;
        this.changed = changed;
    }

    Uni<PaymentChannelView> configure(Caller by, ConfigureWeChatPayInput input) {
        UUID tenant = by.requireTenant();
        checkService();
        checkKeys(input);
        return db.writeSql(connection -> channels.locked(connection, ChannelKind.WECHAT_PAY)
                        .flatMap(before -> save(connection, before, settings(tenant, before, input))
                                .chain(() -> channels.find(connection, ChannelKind.WECHAT_PAY))
                                .map(PaymentChannelView::of)
                                .call(after -> audit.record(
                                        connection,
                                        by,
                                        "paymentChannel.configure",
                                        "PaymentChannel",
                                        ChannelKind.WECHAT_PAY,
                                        before == null ? null : PaymentChannelView.of(before),
                                        after,
                                        null))))
                .invoke(() -> changed.fire(new ChannelSettingsChanged(tenant)));
    }

    private Uni<Void> save(SqlConnection connection, ChannelSettings before, ChannelSettings now) {
        return before == null ? channels.add(connection, now) : channels.replace(connection, now);
    }

    private ChannelSettings settings(UUID tenant, ChannelSettings before, ConfigureWeChatPayInput input) {
        Instant now = clock.now();
        String apiV3Key = given("apiV3Key", input.apiV3Key(), before);
        String merchantKey = given("merchantKey", input.merchantKey(), before);
        boolean sameMerchant = before != null && before.merchantId().equals(input.merchantNo());
        return new ChannelSettings(
                before == null ? Ids.next() : before.id(),
                tenant,
                ChannelKind.WECHAT_PAY,
                sameMerchant && before.enabled(),
                input.appid(),
                input.merchantNo(),
                input.merchantSerial().toUpperCase(Locale.ROOT),
                apiV3Key == null ? before.apiV3Key() : box.seal(tenant, ChannelSettings.API_V3_KEY, apiV3Key),
                apiV3Key == null
                        ? before.apiV3KeyFingerprint()
                        : box.fingerprint(tenant, ChannelSettings.API_V3_KEY, apiV3Key),
                merchantKey == null
                        ? before.merchantKey()
                        : box.seal(tenant, ChannelSettings.MERCHANT_KEY, merchantKey),
                merchantKey == null
                        ? before.merchantKeyFingerprint()
                        : box.fingerprint(tenant, ChannelSettings.MERCHANT_KEY, merchantKey),
                texts(input),
                before == null ? token() : before.noticeToken(),
                null,
                null,
                0,
                now,
                now);
    }

    /** The new secret, or null when the old one stays. */
    private static String given(String field, String secret, ChannelSettings before) {
        if (secret == null && before == null) {
            throw new Problem(ProblemCode.PAYMENT_SECRET_MISSING, "input." + field, field);
        }
        return secret;
    }

    /** What the operator of the service must have set before any company can be paid. */
    private void checkService() {
        if (config.publicUrl().filter(url -> !url.isBlank()).isEmpty()) {
            throw new Problem(ProblemCode.SETTING_MISSING, null, "wuye.payment.public-url");
        }
        box.requireKey();
    }

    private static void checkKeys(ConfigureWeChatPayInput input) {
        if (input.apiV3Key() != null && input.apiV3Key().getBytes(UTF_8).length != API_V3_KEY_BYTES) {
            throw invalid("apiV3Key");
        }
        if (input.merchantKey() != null) {
            try {
                PrivateKey unused = ChannelKey.privateKey(input.merchantKey());
            } catch (IllegalArgumentException notAKey) {
                throw invalid("merchantKey");
            }
        }
        List<ChannelKeyText> texts = texts(input);
        for (int i = 0; i < texts.size(); i++) {
            try {
                ChannelKey unused = ChannelKey.of(texts.get(i));
            } catch (IllegalArgumentException notAKey) {
                throw invalid("channelKeys[" + i + "]");
            }
        }
    }

    private static Problem invalid(String field) {
        return new Problem(ProblemCode.PAYMENT_KEY_INVALID, "input." + field, field);
    }

    private static List<ChannelKeyText> texts(ConfigureWeChatPayInput input) {
        return input.channelKeys().stream()
                .map(ConfigureWeChatPayInput.ChannelKeyInput::text)
                .toList();
    }

    private static String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        Chance.source().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
