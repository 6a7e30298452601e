package cloud.wuye.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** SQL that is long enough to stand in a file of its own, under {@code sql/ledger}. Comments go: a colon in them would be a parameter to Hibernate. */
final class Statement {
    private Statement() {}

    static String named(String name) {
        try (InputStream in = Statement.class.getResourceAsStream("/sql/ledger/" + name + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("not packaged: sql/ledger/" + name + ".sql");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^\\s*--.*\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
