package cloud.wuye.identity.vouching;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a realm gave for our word.
 *
 * @param accessToken to be sent as a bearer token
 * @param expiresIn seconds
 */
public record RealmToken(String accessToken, int expiresIn) {
    /** Whether it is this account's. The realm itself gave it to us, so it is only read. */
    public boolean isOf(String subject) {
        String[] parts = accessToken.split("\\.", -1);
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts.length == 3 ? parts[1] : "");
            Object sub = new JsonObject(new String(claims, StandardCharsets.UTF_8)).getValue("sub");
            return subject.equals(sub);
        } catch (IllegalArgumentException | DecodeException unreadable) {
            return false;
        }
    }

    /** Without the token: this may end in a log. */
    @Override
    public String toString() {
        return "a token for " + expiresIn + " s";
    }
}
