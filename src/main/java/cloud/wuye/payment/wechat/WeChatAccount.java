package cloud.wuye.payment.wechat;

import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A company's account at WeChat Pay, its secrets open. Lives in memory only.
 *
 * @param apiV3Key 32 bytes, with which the content of notices is encrypted
 * @param channelKeys the keys that are trusted, the newest last
 */
record WeChatAccount(
        UUID tenantId,
        boolean enabled,
        String appId,
        String merchantId,
        String merchantSerial,
        PrivateKey merchantKey,
        byte[] apiV3Key,
        List<ChannelKey> channelKeys,
        String noticeToken) {
    /** The key of this id, if it is trusted at that time. */
    Optional<ChannelKey> channelKey(String id, Instant at) {
        return channelKeys.stream()
                .filter(key -> key.id().equals(id) && key.validAt(at))
                .findFirst();
    }

    /** The key with which we ask WeChat Pay to sign: of those named by id the newest, else the newest certificate. */
    String preferredKeyId() {
        return channelKeys.stream()
                .map(ChannelKey::id)
                .filter(id -> id.startsWith(ChannelKey.PUBLIC_KEY_PREFIX))
                .reduce((older, newer) -> newer)
                .orElseGet(() -> channelKeys.get(channelKeys.size() - 1).id());
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "WeChat Pay account " + merchantId + " of " + tenantId;
    }
}
