package cloud.wuye.device.metering;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** SQL that is long enough to stand in a file of its own, under {@code sql/metering}. */
public final class Statement {
    private Statement() {}

    /** The text of the statement in the file of this name. */
    public static String named(String name) {
        try (InputStream in = Statement.class.getResourceAsStream("/sql/metering/" + name + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("not packaged: sql/metering/" + name + ".sql");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
