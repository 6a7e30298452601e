package cloud.wuye.platform.export;

import io.smallrye.mutiny.Uni;
import java.util.function.IntFunction;

/**
 * Bytes of a file that is kept in parts, read one part at a time.
 *
 * @param part reads a part by its number; fails when it is gone
 */
record ExportFile(ByteRange range, int partBytes, IntFunction<Uni<byte[]>> part) {
    /** Of a part that stands at this place, what is wanted. */
    Uni<byte[]> at(long place) {
        int no = Math.toIntExact(place / partBytes);
        long begins = (long) no * partBytes;
        return part.apply(no).map(bytes -> {
            int from = Math.toIntExact(place - begins);
            int to = Math.toIntExact(Math.min(bytes.length, range.to() - begins));
            byte[] wanted = new byte[to - from];
            System.arraycopy(bytes, from, wanted, 0, wanted.length);
            return wanted;
        });
    }
}
