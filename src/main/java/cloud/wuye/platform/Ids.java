package cloud.wuye.platform;

import java.util.UUID;

/** Identifiers of rows. */
public final class Ids {
    private Ids() {}

    /**
     * A new UUID version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then random bits. Ids made later sort later, so
     * the newest rows share the right-hand edge of an index.
     */
    public static UUID next() {
        long random = Chance.source().nextLong();
        long most = (System.currentTimeMillis() << 16) | 0x7000L | (random & 0x0FFFL);
        long least = (Chance.source().nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(most, least);
    }
}
