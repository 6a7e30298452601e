package cloud.wuye.payment.wechat;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that WeChat Pay signed, an answer or a notice: the four headers and the body.
 *
 * @param keyId {@code Wechatpay-Serial}
 */
record SignedWords(String timestamp, String nonce, String signature, String keyId, byte[] body) {
    static final String TIMESTAMP = "Wechatpay-Timestamp";
    static final String NONCE = "Wechatpay-Nonce";
    static final String SIGNATURE = "Wechatpay-Signature";
    static final String SERIAL = "Wechatpay-Serial";

    /** How such a thing fails to be trusted. */
    enum Flaw {
        INCOMPLETE,
        NOT_FRESH,
        PROBE,
        UNKNOWN_KEY,
        WRONG_SIGNATURE
    }

    private static final String PROBE = "WECHATPAY/SIGNTEST/";
    private static final int LONGEST = 1024;

    /** What is wrong with it, or nothing. */
    Optional<Flaw> flaw(WeChatAccount account, Instant now, Duration freshness) {
        if (!written(timestamp) || !written(nonce) || !written(signature) || !written(keyId)) {
            return Optional.of(Flaw.INCOMPLETE);
        }
        Optional<Instant> said = time();
        if (said.isEmpty()) {
            return Optional.of(Flaw.INCOMPLETE);
        }
        if (Duration.between(said.get(), now).abs().compareTo(freshness) > 0) {
            return Optional.of(Flaw.NOT_FRESH);
        }
        if (signature.startsWith(PROBE)) {
            return Optional.of(Flaw.PROBE);
        }
        Optional<ChannelKey> key = account.channelKey(keyId, now);
        if (key.isEmpty()) {
            return Optional.of(Flaw.UNKNOWN_KEY);
        }
        return Rsa.verifies(key.get().key(), Rsa.lines(timestamp, nonce), body, signature)
                ? Optional.empty()
                : Optional.of(Flaw.WRONG_SIGNATURE);
    }

    private Optional<Instant> time() {
        try {
            return timestamp.matches("[0-9]{1,12}")
                    ? Optional.of(Instant.ofEpochSecond(Long.parseLong(timestamp)))
                    : Optional.empty();
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static boolean written(String header) {
        return header != null && !header.isBlank() && header.length() <= LONGEST;
    }
}
