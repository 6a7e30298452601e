package cloud.wuye.payment;

import java.util.Locale;
import java.util.Map;

/**
 * What came in at the door for notices, unread.
 *
 * @param headers by lower-case name, one value each
 * @param body byte for byte: a signature stands over it
 */
public record RawNotice(Map<String, String> headers, byte[] body) {
    /** The header's value, or null. */
    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }
}
