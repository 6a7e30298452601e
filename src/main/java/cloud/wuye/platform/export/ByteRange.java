package cloud.wuye.platform.export;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a file is wanted (RFC 9110, 14).
 *
 * @param from the first byte
 * @param to the first byte that is not wanted any more
 * @param part whether a part was asked for, though it be the whole
 */
record ByteRange(long from, long to, boolean part) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{1,18})?-(\\d{1,18})?");

    /**
     * What a request asks for. The whole is what it gets when the header cannot be read, asks for several ranges, or is about another state of
     * the file; an empty range where nothing of what it wants is there.
     *
     * @param ifRange the state that the client has a piece of, or null
     */
    static ByteRange of(String header, String ifRange, String etag, long size) {
        if (header == null || ifRange != null && !ifRange.equals(etag)) {
            return new ByteRange(0, size, false);
        }
        Matcher asked = ONE.matcher(header.trim());
        if (!asked.matches() || asked.group(1) == null && asked.group(2) == null) {
            return new ByteRange(0, size, false);
        }
        if (asked.group(1) == null) {
            long last = Long.parseLong(asked.group(2));
            return new ByteRange(Math.max(0, size - last), last == 0 ? 0 : size, true);
        }
        long from = Long.parseLong(asked.group(1));
        long last = asked.group(2) == null ? size - 1 : Long.parseLong(asked.group(2));
        if (last < from && asked.group(2) != null) {
            return new ByteRange(0, size, false);
        }
        return new ByteRange(from, Math.min(size, last + 1), true);
    }

    boolean isEmpty() {
        return from >= to;
    }

    long length() {
        return to - from;
    }

    String shown(long size) {
        return "bytes " + from + "-" + (to - 1) + "/" + size;
    }
}
