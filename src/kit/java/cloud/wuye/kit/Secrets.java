package cloud.wuye.kit;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/** The passwords of one data directory: random, made when first asked for, kept as long as the data. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final Properties known = new Properties();

    Secrets(Path directory) {
        file = directory.resolve("secrets.properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                known.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
    }

    synchronized String of(String name) {
        String secret = known.getProperty(name);
        if (secret == null) {
            byte[] bytes = new byte[18];
            RANDOM.nextBytes(bytes);
            secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            known.setProperty(name, secret);
            save();
        }
        return secret;
    }

    /** A key of 32 bytes in Base64, as lasting as the secret of that name. */
    String keyOf(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(of(name).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void save() {
        StringWriter text = new StringWriter();
        try {
            known.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Folders.writeWhole(file, text.toString());
    }
}
