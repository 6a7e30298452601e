package cloud.wuye.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.wuye.platform.Chance;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must not be readable in the database or a copy of it: AES-256-GCM under a key from the configuration. What
 * was sealed for one company and one column does not open for another: both are bound into the encryption.
 *
 * <p>The sealed text is {@code v1:<key id>:<Base64 of nonce and ciphertext>}.
 */
@ApplicationScoped
public class SecretBox {
    private static final String VERSION = "v1";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecretConfig config;

    SecretBox(SecretConfig config) {
        this.config = config;
    }

    /** The id of the key with which is encrypted now; SETTING_MISSING when there is none. */
    public String currentKeyId() {
        String id = config.current()
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> new Problem(ProblemCode.SETTING_MISSING, null, "wuye.secrets.current"));
        if (key(id).length != KEY_BYTES) {
            throw new Problem(
                    ProblemCode.SETTING_MISSING,
                    null,
                    Detail.of("{0}（Base64，32 字节）", "{0} (Base64, 32 bytes)", setting(id)));
        }
        return id;
    }

    /** Whether a key is named at all; a service without payment channels needs none. */
    public boolean hasKey() {
        return config.current().filter(name -> !name.isBlank()).isPresent();
    }

    /** Makes sure that secrets can be sealed; SETTING_MISSING when not. */
    public void requireKey() {
        String unused = currentKeyId();
    }

    /** The secret, encrypted for one column of one company. */
    public String seal(UUID tenantId, String column, String secret) {
        String keyId = currentKeyId();
        byte[] nonce = new byte[NONCE];
        Chance.source().nextBytes(nonce);
        byte[] hidden = crypt(Cipher.ENCRYPT_MODE, keyId, nonce, tenantId, column, secret.getBytes(UTF_8));
        byte[] whole = ByteBuffer.allocate(NONCE + hidden.length)
                .put(nonce)
                .put(hidden)
                .array();
        return VERSION + ":" + keyId + ":" + Base64.getEncoder().encodeToString(whole);
    }

    /** The secret again. IllegalStateException when the text was sealed for something else, or has been changed. */
    public String open(UUID tenantId, String column, String sealed) {
        String[] parts = parts(sealed);
        byte[] whole = Base64.getDecoder().decode(parts[2]);
        byte[] nonce = java.util.Arrays.copyOf(whole, NONCE);
        byte[] hidden = java.util.Arrays.copyOfRange(whole, NONCE, whole.length);
        return new String(crypt(Cipher.DECRYPT_MODE, parts[1], nonce, tenantId, column, hidden), UTF_8);
    }

    /** Whether it is encrypted with the key of now. */
    public boolean isCurrent(String sealed) {
        return parts(sealed)[1].equals(currentKeyId());
    }

    /**
     * Sixteen hex digits by which people can tell whether two secrets are the same. Keyed, so that a weak secret cannot be
     * guessed from it; the same secret has another one under another key.
     */
    public String fingerprint(UUID tenantId, String column, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(currentKeyId()), "HmacSHA256"));
            mac.update(binding("fingerprint", tenantId, column));
            return HexFormat.of().formatHex(mac.doFinal(secret.getBytes(UTF_8)), 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HMAC", e);
        }
    }

    private byte[] crypt(int mode, String keyId, byte[] nonce, UUID tenantId, String column, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key(keyId), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(binding(keyId, tenantId, column));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a secret in " + column + " does not open under key " + keyId, e);
        }
    }

    private static byte[] binding(String purpose, UUID tenantId, String column) {
        return (VERSION + "|" + purpose + "|" + tenantId + "|" + column + "|").getBytes(UTF_8);
    }

    private byte[] key(String id) {
        String text = config.keys().get(id);
        if (text == null || text.isBlank()) {
            throw new Problem(ProblemCode.SETTING_MISSING, null, setting(id));
        }
        return decoded(text.trim());
    }

    private static String setting(String id) {
        return "wuye.secrets.keys." + id;
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static String[] parts(String sealed) {
        String[] parts = sealed.split(":", 3);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw new IllegalStateException("not a sealed secret");
        }
        return parts;
    }
}
