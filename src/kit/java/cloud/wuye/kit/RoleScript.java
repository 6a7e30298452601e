package cloud.wuye.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code db/roles.sql}, the same file that operators give to psql, with its psql variables filled in. */
public final class RoleScript {
    // :'name' is a literal and :"name" an identifier; a cast (::) is neither.
    private static final Pattern VARIABLE = Pattern.compile("(?<!:):(['\"])(\\w+)\\1");

    private RoleScript() {}

    public static String with(Map<String, String> variables) {
        try (InputStream in = RoleScript.class.getResourceAsStream("/db/roles.sql")) {
            if (in == null) {
                throw new KitException("db/roles.sql is not on the class path of the kit.");
            }
            return fill(new String(in.readAllBytes(), StandardCharsets.UTF_8), variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String fill(String sql, Map<String, String> variables) {
        return VARIABLE.matcher(sql).replaceAll(found -> {
            String value = variables.get(found.group(2));
            if (value == null) {
                throw new KitException("roles.sql wants the variable " + found.group(2) + ".");
            }
            String quote = found.group(1);
            return Matcher.quoteReplacement(quote + value.replace(quote, quote + quote) + quote);
        });
    }
}
