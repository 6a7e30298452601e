package cloud.wuye.kit.payment;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who calls, as the signature in {@code Authorization} proves. */
final class Caller {
    private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048 ";
    private static final Pattern PART = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final Duration FRESHNESS = Duration.ofMinutes(5);

    private Caller() {}

    /** The merchant; empty when the signature is not its own, fresh, and over exactly this request. */
    static Optional<Merchant> of(HttpServerRequest request, String body, KeyBook keys, Instant now) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.startsWith(SCHEME)) {
            return Optional.empty();
        }
        Map<String, String> parts = new HashMap<>();
        Matcher matcher = PART.matcher(header);
        while (matcher.find()) {
            parts.put(matcher.group(1), matcher.group(2));
        }
        String timestamp = parts.getOrDefault("timestamp", "");
        if (!timestamp.matches("[0-9]{1,11}")
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(FRESHNESS)
                        > 0) {
            return Optional.empty();
        }
        String text = request.method().name() + "\n" + request.uri() + "\n" + timestamp + "\n" + parts.get("nonce_str")
                + "\n" + body + "\n";
        return keys.merchant(parts.getOrDefault("mchid", ""))
                .filter(merchant -> merchant.serial().equals(parts.get("serial_no")))
                .filter(merchant -> Keys.verifies(merchant.publicKey(), text, parts.getOrDefault("signature", "")));
    }
}
