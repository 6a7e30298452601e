package cloud.wuye.kit.simulator;

import java.util.concurrent.ThreadLocalRandom;

/** Names for messages and connections. Never from the seed: a second run must not repeat the first one's names. */
final class Ulids {
    private static final char[] LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private Ulids() {}

    static String next(long millis) {
        char[] text = new char[26];
        long time = millis & 0xFFFF_FFFF_FFFFL;
        for (int i = 9; i >= 0; i--) {
            text[i] = LETTERS[(int) (time & 31)];
            time >>>= 5;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        fill(text, 10, random.nextLong());
        fill(text, 18, random.nextLong());
        return new String(text);
    }

    static String boot() {
        return Long.toString(ThreadLocalRandom.current().nextLong(36L * 36 * 36 * 36 * 36 * 36), 36);
    }

    private static void fill(char[] text, int from, long random) {
        for (int i = from; i < from + 8; i++) {
            text[i] = LETTERS[(int) (random & 31)];
            random >>>= 5;
        }
    }
}
