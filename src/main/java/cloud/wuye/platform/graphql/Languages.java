package cloud.wuye.platform.graphql;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;

/** The language a client wants to read: English if it asks for it first, else Chinese. */
final class Languages {
    private static final List<Locale> KNOWN = List.of(Locale.CHINESE, Locale.ENGLISH);

    private Languages() {}

    /** The language of a request with these headers, whose names compare without case. */
    static Locale of(Map<String, List<String>> headers) {
        List<String> wanted = headers.get("Accept-Language");
        return wanted == null || wanted.isEmpty() ? Locale.CHINESE : of(wanted.get(0));
    }

    /** The language that an {@code Accept-Language} header asks for; one that cannot be read counts as none. */
    static Locale of(String header) {
        if (header == null) {
            return Locale.CHINESE;
        }
        try {
            Locale found = Locale.lookup(LanguageRange.parse(header), KNOWN);
            return found == null ? Locale.CHINESE : found;
        } catch (IllegalArgumentException e) {
            return Locale.CHINESE;
        }
    }
}
