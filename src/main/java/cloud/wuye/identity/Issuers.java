package cloud.wuye.identity;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Names of realms as they stand in addresses and tokens. */
public final class Issuers {
    private Issuers() {}

    /** The address of a realm, which is also its issuer when the base is the public one. */
    public static String realmUrl(URI base, String realm) {
        return bare(base) + "/realms/" + realm;
    }

    /** An address to which a path can be added. */
    public static String bare(URI base) {
        String text = base.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * The {@code iss} of a token that nobody has verified. Good for nothing but looking up, as an exact key, which
     * realm's keys to verify it with.
     */
    static Optional<String> claimedBy(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            Object issuer = new JsonObject(new String(claims, StandardCharsets.UTF_8)).getValue("iss");
            return issuer instanceof String text ? Optional.of(text) : Optional.empty();
        } catch (IllegalArgumentException | DecodeException unreadable) {
            return Optional.empty();
        }
    }
}
