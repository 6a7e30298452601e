package cloud.wuye.device.registry;

import cloud.wuye.platform.Chance;

/** Names of devices on the wire: opaque, so that a topic tells nothing of the house it comes from. */
public final class Uids {
    /** Without i, l, o and u, which are misread on a label. */
    private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int LENGTH = 16;

    private Uids() {}

    /** A new name of 80 random bits. */
    public static String next() {
        StringBuilder name = new StringBuilder("d");
        for (int i = 0; i < LENGTH; i++) {
            name.append(LETTERS.charAt(Chance.source().nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}
