package cloud.wuye.device.registry;

import cloud.wuye.platform.Chance;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A device secret as it is stored: PBKDF2 with SHA-512 in the form of Mosquitto's password file, {@code
 * $7$iterations$salt$hash}, so that a row can be exported as it is.
 *
 * <p>Few iterations are enough: a secret is 128 random bits and cannot be guessed however fast the hash is. Stretching
 * protects what people choose, and nobody chooses these.
 */
public record CredentialHash(String text) {
    private static final Pattern FORM = Pattern.compile("\\$7\\$(\\d{1,7})\\$([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+)");
    /** Mosquitto's own default. */
    private static final int ITERATIONS = 101;

    private static final int SALT_BYTES = 12;
    private static final int HASH_BYTES = 64;
    private static final int SECRET_BYTES = 16;

    /** A new secret of 128 random bits, in letters that survive a shell, a URL and a CSV file. */
    public static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        String text;
        do {
            Chance.source().nextBytes(secret);
            text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
            // A spreadsheet takes it for a formula, a command line for an option.
        } while (text.startsWith("-"));
        return text;
    }

    /** The hash of a secret, with a salt of its own. */
    public static CredentialHash of(String secret) {
        byte[] salt = new byte[SALT_BYTES];
        Chance.source().nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        return new CredentialHash("$7$" + ITERATIONS + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(derive(secret, salt, ITERATIONS)));
    }

    /** Whether this is the hash of that secret, in a time that does not depend on where they differ. */
    public boolean matches(String secret) {
        Matcher parts = FORM.matcher(text);
        if (secret.isEmpty() || !parts.matches()) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(2));
        byte[] hash = Base64.getDecoder().decode(parts.group(3));
        return MessageDigest.isEqual(hash, derive(secret, salt, Integer.parseInt(parts.group(1))));
    }

    private static byte[] derive(String secret, byte[] salt, int iterations) {
        try {
            PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), salt, iterations, HASH_BYTES * 8);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2 with SHA-512", e);
        }
    }

    /** Hashes do not belong into logs. */
    @Override
    public String toString() {
        return "CredentialHash";
    }
}
