package cloud.wuye.payment.wechat;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.wuye.platform.Chance;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/** SHA256 with RSA over lines of text, as all of WeChat Pay's signatures are. */
final class Rsa {
    private static final String ALGORITHM = "SHA256withRSA";
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private Rsa() {}

    /** The lines, each ended by a newline, the last one too. */
    static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    /** The signature in Base64. */
    static String sign(PrivateKey key, String text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(text.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    /** Whether this is the signature of head and body. Only the one Base64 form of it counts: no byte may differ. */
    static boolean verifies(PublicKey key, String head, byte[] body, String sent) {
        try {
            byte[] bytes = Base64.getDecoder().decode(sent);
            if (!Base64.getEncoder().encodeToString(bytes).equals(sent)) {
                return false;
            }
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(head.getBytes(UTF_8));
            signature.update(body);
            signature.update((byte) '\n');
            return signature.verify(bytes);
        } catch (IllegalArgumentException | GeneralSecurityException notASignature) {
            return false;
        }
    }

    /** A random string of 32 letters and digits. */
    static String nonce() {
        StringBuilder text = new StringBuilder(32);
        for (int i = 0; i < 32; i++) {
            text.append(ALPHABET.charAt(Chance.source().nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
