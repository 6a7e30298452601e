package cloud.wuye.payment.wechat;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.wuye.payment.ChannelKind;
import cloud.wuye.payment.ChannelSettings;
import cloud.wuye.payment.ChannelSettingsChanged;
import cloud.wuye.payment.PaymentChannels;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.secret.SecretBox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The companies' accounts, opened; remembered for a moment, because notices come in crowds. */
@ApplicationScoped
class WeChatAccounts {
    private final PaymentChannels channels;
    private final SecretBox box;
    private final WeChatConfig config;
    private final Map<UUID, Remembered> remembered = new ConcurrentHashMap<>();

    WeChatAccounts(PaymentChannels channels, SecretBox box, WeChatConfig config) {
        this.channels = channels;
        this.box = box;
        this.config = config;
    }

    private record Remembered(WeChatAccount account, long at) {}

    /** The company's account; PAYMENT_CHANNEL_NOT_CONFIGURED when it has none. */
    Uni<WeChatAccount> of(UUID tenantId) {
        Remembered known = remembered.get(tenantId);
        if (known != null && System.nanoTime() - known.at < config.accountTtl().toNanos()) {
            return Uni.createFrom().item(known.account);
        }
        long asked = System.nanoTime();
        return channels.of(tenantId, ChannelKind.WECHAT_PAY).map(settings -> {
            if (settings == null) {
                throw new Problem(ProblemCode.PAYMENT_CHANNEL_NOT_CONFIGURED);
            }
            WeChatAccount account = opened(settings);
            remembered.put(tenantId, new Remembered(account, asked));
            return account;
        });
    }

    void forget(@Observes ChannelSettingsChanged changed) {
        remembered.remove(changed.tenantId());
    }

    private WeChatAccount opened(ChannelSettings settings) {
        UUID tenant = settings.tenantId();
        return new WeChatAccount(
                tenant,
                settings.enabled(),
                settings.appId(),
                settings.merchantId(),
                settings.merchantSerial(),
                ChannelKey.privateKey(box.open(tenant, ChannelSettings.MERCHANT_KEY, settings.merchantKey())),
                box.open(tenant, ChannelSettings.API_V3_KEY, settings.apiV3Key())
                        .getBytes(UTF_8),
                settings.channelKeys().stream().map(ChannelKey::of).toList(),
                settings.noticeToken());
    }
}
