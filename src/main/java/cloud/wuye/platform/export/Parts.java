package cloud.wuye.platform.export;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Cuts what is written into parts of one size, and reckons the digest of the whole. */
final class Parts extends OutputStream {
    private final int partBytes;
    private final MessageDigest digest = sha256();
    private final List<byte[]> full = new ArrayList<>();
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private long size;

    Parts(int partBytes) {
        this.partBytes = partBytes;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        size += length;
        int from = offset;
        int left = length;
        while (left > 0) {
            int taken = Math.min(left, partBytes - rest.size());
            rest.write(bytes, from, taken);
            from += taken;
            left -= taken;
            if (rest.size() == partBytes) {
                full.add(rest.toByteArray());
                rest.reset();
            }
        }
    }

    /** The parts that have become full since the last time. */
    List<byte[]> takeFull() {
        List<byte[]> taken = List.copyOf(full);
        full.clear();
        return taken;
    }

    /** All that is left, the last part being as long as it is. */
    List<byte[]> takeRest() {
        if (rest.size() > 0) {
            full.add(rest.toByteArray());
            rest.reset();
        }
        return takeFull();
    }

    long size() {
        return size;
    }

    /** Of all that was written; to be asked once, at the end. */
    String digest() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
