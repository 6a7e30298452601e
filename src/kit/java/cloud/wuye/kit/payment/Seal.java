package cloud.wuye.kit.payment;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Signs what the simulator says, rightly or with a flaw. */
final class Seal {
    private static final String PROBE = "WECHATPAY/SIGNTEST/";
    private static final Duration STALE = Duration.ofHours(2);

    private final KeyBook keys;
    private final SimulatorClock clock;
    private final PlatformKey stranger = PlatformKey.fresh();

    Seal(KeyBook keys, SimulatorClock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A body and the headers over it. */
    record Signed(Map<String, String> headers, String body) {}

    /** @param wanted the id of the key that shall sign, as the caller asked; null leaves it to the merchant's choice */
    Signed sign(Merchant merchant, String wanted, String body, Flaw flaw) {
        PlatformKey key = keys.named(wanted).orElseGet(keys::current);
        String id = wanted != null && wanted.equals(key.serial())
                        || wanted == null && merchant != null && merchant.prefersCertificate()
                ? key.serial()
                : key.publicKeyId();
        String nonce = Keys.random(32);
        long seconds =
                clock.now().minus(flaw == Flaw.STALE ? STALE : Duration.ZERO).getEpochSecond();
        PlatformKey signing = flaw == Flaw.WRONG_SIGNATURE || flaw == Flaw.UNKNOWN_SERIAL ? stranger : key;
        String signature = Keys.sign(signing.privateKey(), seconds + "\n" + nonce + "\n" + body + "\n");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Request-ID", Keys.random(24));
        if (flaw != Flaw.UNSIGNED) {
            headers.put("Wechatpay-Timestamp", String.valueOf(seconds));
            headers.put("Wechatpay-Nonce", nonce);
            headers.put(
                    "Wechatpay-Signature",
                    flaw == Flaw.SIGNTEST ? PROBE + signature.substring(PROBE.length()) : signature);
            headers.put("Wechatpay-Serial", flaw == Flaw.UNKNOWN_SERIAL ? stranger.publicKeyId() : id);
            headers.put("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
        }
        return new Signed(headers, flaw == Flaw.TAMPERED ? tampered(body) : body);
    }

    private static String tampered(String body) {
        int at = Math.max(0, body.lastIndexOf('"') - 1);
        return body.isEmpty()
                ? " "
                : body.substring(0, at) + (body.charAt(at) == 'A' ? 'B' : 'A') + body.substring(at + 1);
    }
}
