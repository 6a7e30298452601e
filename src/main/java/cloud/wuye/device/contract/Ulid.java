package cloud.wuye.device.contract;

import java.util.UUID;

/** The 26 letters of a ULID (Crockford base 32) to 128 bits and back: storage keeps them as a uuid. */
public final class Ulid {
    private static final char[] LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final byte[] VALUES = new byte[128];

    static {
        for (byte i = 0; i < LETTERS.length; i++) {
            VALUES[LETTERS[i]] = i;
        }
    }

    private Ulid() {}

    /** The bits of a ULID that the schema has already accepted. */
    public static UUID parse(String text) {
        long most = 0;
        long least = VALUES[text.charAt(0)];
        for (int i = 1; i < 26; i++) {
            most = most << 5 | least >>> 59;
            least = least << 5 | VALUES[text.charAt(i)];
        }
        return new UUID(most, least);
    }

    /** The ULID of these bits; every uuid has one. */
    public static String format(UUID id) {
        char[] text = new char[26];
        long most = id.getMostSignificantBits();
        long least = id.getLeastSignificantBits();
        for (int i = 25; i >= 0; i--) {
            text[i] = LETTERS[(int) (least & 31)];
            least = least >>> 5 | most << 59;
            most >>>= 5;
        }
        return new String(text);
    }
}
