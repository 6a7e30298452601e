package cloud.wuye.identity.vouching;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Signs claims (JWS, RS256) with one key. */
final class Signer {
    private final String kid;
    private final PrivateKey key;

    private Signer(String kid, PrivateKey key) {
        this.kid = kid;
        this.key = key;
    }

    /**
     * With the key of this name.
     *
     * @param privateKey PKCS #8 in Base64
     */
    static Signer of(String kid, String privateKey) {
        try {
            byte[] bytes = Base64.getDecoder().decode(privateKey);
            return new Signer(kid, KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("not a private key: " + kid, e);
        }
    }

    /** The claims as a signed token. */
    String sign(JsonObject claims) {
        JsonObject head = new JsonObject().put("alg", "RS256").put("typ", "JWT").put("kid", kid);
        String text = part(head) + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(US_ASCII));
            return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    private static String part(JsonObject json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.encode().getBytes(UTF_8));
    }
}
