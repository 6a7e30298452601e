package cloud.wuye.platform.paging;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The text form of a place in a list: base64url of the order's signature and the sort keys of one row.
 *
 * <p>It is validated, not signed: it can say only where to continue, never what may be seen, so a forged one shows its
 * author nothing that an honest one would not.
 */
final class Cursor {
    /** PostgreSQL text cannot hold NUL, so no value can contain the separator. */
    private static final String SEPARATOR = "\0";

    private static final int LONGEST = 2_000;

    private Cursor() {}

    static String encode(String signature, List<Object> values) {
        var text = new StringBuilder(signature);
        for (Object value : values) {
            text.append(SEPARATOR).append(value == null ? "-" : "+" + value);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static List<Object> decode(String cursor, String signature, List<Key> keys) {
        String[] parts = text(cursor).split(SEPARATOR, -1);
        if (parts.length != keys.size() + 1 || !parts[0].equals(signature)) {
            throw invalid();
        }
        var values = new ArrayList<Object>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            values.add(value(parts[i + 1], keys.get(i)));
        }
        return values;
    }

    private static Object value(String part, Key key) {
        if (part.equals("-") && key.nullable()) {
            return null;
        }
        if (!part.startsWith("+")) {
            throw invalid();
        }
        try {
            return key.type().parse(part.substring(1));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw invalid();
        }
    }

    private static String text(String cursor) {
        if (cursor.length() > LONGEST) {
            throw invalid();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw invalid();
        }
    }

    private static Problem invalid() {
        return new Problem(ProblemCode.INVALID_CURSOR, "after");
    }
}
