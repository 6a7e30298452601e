package cloud.wuye.kit.simulator;

/** Numbers that look random and are the same for the same question. */
final class Hash {
    private Hash() {}

    static long of(long seed, long question) {
        long x = seed * 0x9E3779B97F4A7C15L + question;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    static long of(long seed, String question) {
        long x = seed;
        for (int i = 0; i < question.length(); i++) {
            x = of(x, question.charAt(i));
        }
        return x;
    }

    /** From 0 to below 1. */
    static double fraction(long seed, long question) {
        return (of(seed, question) >>> 11) * 0x1.0p-53;
    }
}
