package cloud.wuye.identity;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tools of someone who wants in, and the key they made themselves. */
final class Forgery {
    private final KeyPair own;

    Forgery() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            own = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The claims of a token, changed, with the old head and signature. */
    static String tampered(String token, Consumer<JsonObject> change) {
        String[] parts = token.split("\\.");
        return parts[0] + "." + base64(changed(parts[1], change)) + "." + parts[2];
    }

    /** The claims of a token, changed, under this head and without a signature. */
    static String unsigned(String token, String head, Consumer<JsonObject> change) {
        return base64(head) + "." + base64(changed(token.split("\\.")[1], change)) + ".";
    }

    /** The claims of a token under an HMAC made with whatever bytes are at hand, such as a public key. */
    static String hs256(String token, byte[] secret) {
        String[] parts = token.split("\\.");
        JsonObject head = new JsonObject(decoded(parts[0])).put("alg", "HS256");
        String signed = base64(head.encode()) + "." + parts[1];
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The claims of a token, changed, signed with the forger's own key under a head that has been changed as well. */
    String resigned(String token, Consumer<JsonObject> headChange, Consumer<JsonObject> claimsChange) {
        String[] parts = token.split("\\.");
        String signed = base64(changed(parts[0], headChange)) + "." + base64(changed(parts[1], claimsChange));
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(own.getPrivate());
            rsa.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(rsa.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The forger's public key as a JWK. */
    JsonObject jwk(String kid) {
        RSAPublicKey key = (RSAPublicKey) own.getPublic();
        return new JsonObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", kid)
                .put("n", base64(unsignedBytes(key.getModulus().toByteArray())))
                .put("e", base64(unsignedBytes(key.getPublicExponent().toByteArray())));
    }

    /** One of the claims of a token. */
    static String claim(String token, String name) {
        return new JsonObject(decoded(token.split("\\.")[1])).getString(name);
    }

    /** One of the fields of a token's head. */
    static String head(String token, String name) {
        return new JsonObject(decoded(token.split("\\.")[0])).getString(name);
    }

    private static String changed(String part, Consumer<JsonObject> change) {
        JsonObject json = new JsonObject(decoded(part));
        change.accept(json);
        return json.encode();
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] unsignedBytes(byte[] number) {
        return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    }
}
