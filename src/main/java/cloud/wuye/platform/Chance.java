package cloud.wuye.platform;

import java.security.SecureRandom;

/**
 * The one source of chance, for ids, secrets and numbers nobody may guess. A native image must not carry a seed from its
 * build, the same in every replica: this class, and so this class alone, is initialized when the program runs
 * ({@code quarkus.native.additional-build-args}).
 */
public final class Chance {
    private static final SecureRandom SOURCE = new SecureRandom();

    private Chance() {}

    /** Good for secrets, and shared by all threads. */
    public static SecureRandom source() {
        return SOURCE;
    }
}
