package cloud.wuye.platform.export;

import java.util.List;

/**
 * How far a run is.
 *
 * @param bytes written so far, whether their part is full or not
 * @param firstPart the number of the first of the new parts
 * @param parts that have become full since the last time
 */
record Progress(int rowsDone, int rowsTotal, long bytes, int firstPart, List<byte[]> parts) {}
