package cloud.wuye.identity.realm;

import cloud.wuye.platform.Chance;
import java.util.stream.Collectors;

/** First passwords, for reading out over the telephone. */
final class TemporaryPassword {
    // No 0/O, 1/l/I: they are mistaken for each other.
    private static final String SIGNS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 16;

    private TemporaryPassword() {}

    static String next() {
        return Chance.source()
                .ints(LENGTH, 0, SIGNS.length())
                .mapToObj(SIGNS::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }
}
